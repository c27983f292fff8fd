import type { Candidate, Policy } from '../src/index.js'

/** A policy whose choice is this function. */
export function chooseBy(choose: (candidates: readonly Candidate[]) => number): Policy {
  return { name: 'chosen by the test', create: () => ({ choose }) }
}
