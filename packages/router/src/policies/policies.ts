import { consistentHash } from './consistent-hash.js'
import { joinIdleQueue } from './join-idle-queue.js'
import { leastConnections } from './least-connections.js'
import { leastOutstanding } from './least-outstanding.js'
import type { Policy } from './policy.js'
import { powerOf } from './power-of.js'
import { randomChoice } from './random-choice.js'
import { roundRobin } from './round-robin.js'
import { sessionAffinity } from './session-affinity.js'
import { sharedQueue } from './shared-queue.js'
import { twoChoices } from './two-choices.js'
import { zoneAware } from './zone-aware.js'

/** Name by which a configuration file asks for a policy. */
export type PolicyName =
  | 'random'
  | 'round-robin'
  | 'least-connections'
  | 'least-outstanding'
  | 'two-choices'
  | 'power-of-two'
  | 'join-idle-queue'
  | 'shared-queue'
  | 'session-affinity'
  | 'consistent-hash'
  | 'zone-aware'

/** The policies that need no arguments, by name. */
export const POLICIES: Readonly<Record<PolicyName, () => Policy>> = {
  random: randomChoice,
  'round-robin': roundRobin,
  'least-connections': () => leastConnections(),
  'least-outstanding': () => leastOutstanding(),
  'two-choices': () => twoChoices(),
  'power-of-two': () => powerOf(),
  'join-idle-queue': joinIdleQueue,
  'shared-queue': () => sharedQueue(),
  'session-affinity': () => sessionAffinity(),
  'consistent-hash': consistentHash,
  'zone-aware': () => zoneAware(),
}
