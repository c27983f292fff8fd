import { POLICIES, type PolicyName } from '@celadon/router'
import * as z from 'zod'
import type { Routing } from '../app.js'
import { count, duration, machines, positiveShare } from './values.js'

/** `router` of `celadon.yml`, with times in milliseconds. */
export interface RouterEntry {
  readonly policy?: PolicyName | undefined
  readonly instances?: number | undefined
  readonly view_delay?: number | undefined
  readonly known_share?: number | undefined
  readonly active_per_dyno?: number | undefined
  readonly backlog_per_dyno?: number | undefined
}

const POLICY_NAMES = Object.keys(POLICIES) as [PolicyName, ...PolicyName[]]

export const routerEntry: z.ZodType<RouterEntry> = z.strictObject({
  policy: z.enum(POLICY_NAMES).optional().meta({ description: 'How a dyno is chosen.' }),
  instances: machines.optional().meta({ description: 'Routers that share the traffic.' }),
  view_delay: duration
    .optional()
    .meta({ description: 'Time until a router learns that a dyno came or went.' }),
  known_share: positiveShare
    .optional()
    .meta({ description: 'Share of the dynos that each router knows.' }),
  active_per_dyno: count
    .optional()
    .meta({ description: 'Requests of one router on one dyno at most; others wait.' }),
  backlog_per_dyno: count
    .optional()
    .meta({ description: 'Open requests per dyno and router before H11.' }),
})

/** How requests find a dyno, as far as `celadon.yml` says it; the generation decides the rest. */
export function readRouting(entry: RouterEntry): Routing {
  const { policy, instances, view_delay, known_share, active_per_dyno, backlog_per_dyno } = entry
  return {
    ...(policy === undefined ? {} : { policy: POLICIES[policy]() }),
    settings: {
      ...(instances === undefined ? {} : { instances }),
      ...(view_delay === undefined ? {} : { viewDelayMs: view_delay }),
      ...(known_share === undefined ? {} : { knownShare: known_share }),
      ...(active_per_dyno === undefined ? {} : { activePerDyno: active_per_dyno }),
      ...(backlog_per_dyno === undefined ? {} : { backlogPerDyno: backlog_per_dyno }),
    },
  }
}
