import { describe, expect, test } from 'vitest'
import {
  type Balancer,
  type Candidate,
  leastConnections,
  leastOutstanding,
  POLICIES,
  type Policy,
  powerOf,
  roundRobin,
  sessionAffinity,
  sharedQueue,
  twoChoices,
  weighted,
  zoneAware,
} from '../../src/index.js'
import { policyConformance } from '../../src/testing.js'

const BUILT_IN: readonly Policy[] = [
  ...Object.values(POLICIES).map((create) => create()),
  leastConnections({ ties: 'index' }),
  leastOutstanding({ staleMs: 300 }),
  twoChoices({ view: 'true' }),
  powerOf({ choices: 3, view: 'true', ties: 'index' }),
  sharedQueue({ perDyno: 3 }),
  weighted({ weights: { 'web.1': 3, 'web.2': 0.5, 'web.3': 0 } }),
  weighted({ weights: ({ backend }) => backend.slots ?? 0 }),
  sessionAffinity({ fallback: roundRobin() }),
  zoneAware({ zones: 2, dynosMin: 1 }),
]

for (const policy of BUILT_IN) {
  describe(policy.name, () => {
    for (const { name, run } of policyConformance(policy)) test(name, run)
  })
}

test('every name of the table leads to a policy of its own name', () => {
  const names = Object.values(POLICIES).map((create) => create().name)
  expect(new Set(names).size).toBe(names.length)
})

/** A policy whose choice is this function, made anew for each router. */
function policy(create: Policy['create'], change: Partial<Policy> = {}): Policy {
  return { name: 'candidate', create, ...change }
}

function failures(candidate: Policy): string[] {
  return policyConformance(candidate).flatMap(({ name, run }) => {
    try {
      run()
      return []
    } catch (error) {
      return [`${name}: ${(error as Error).message}`]
    }
  })
}

const first: Balancer = { choose: () => 0 }

/** Takes turns over all routers. */
function sharesState(): Policy {
  let turn = 0
  return policy(() => ({ choose: ({ length }) => turn++ % length }))
}

/** The same, but begins anew with each router, which is not enough. */
function sharesStateOfLast(): Policy {
  let turn = 0
  return policy(() => {
    turn = 0
    return { choose: ({ length }) => turn++ % length }
  })
}

/** Takes turns with a variable that no snapshot sees. */
function capturesState(): Policy {
  return policy(() => {
    let turn = 0
    return { choose: ({ length }) => turn++ % length }
  })
}

function keepsList(): Policy {
  return policy(() => {
    const state: { last: readonly unknown[] } = { last: [] }
    return {
      choose(candidates) {
        const { length } = state.last
        state.last = candidates
        return length % candidates.length
      },
    }
  })
}

describe('the suite finds', () => {
  test('nothing in a policy that conforms', () => {
    expect(failures(policy(() => first))).toEqual([])
  })

  test.each([
    ['a policy without a name', policy(() => first, { name: ' ' }), 'has no name'],
    [
      'an index beyond the end',
      policy(() => ({ choose: ({ length }) => length })),
      'candidates, the one with the index',
    ],
    ['an index that is no number', policy(() => ({ choose: () => Number.NaN })), 'index NaN'],
    ['a fraction', policy(() => ({ choose: () => 0.5 })), 'index 0.5'],
    [
      'a list that is sorted in place',
      policy(() => ({
        choose(candidates) {
          ;(candidates as Candidate[]).sort((a, b) => (a.name < b.name ? -1 : 1))
          return 0
        },
      })),
      'not as it was',
    ],
    [
      'a load that must be known',
      policy(() => ({
        choose: (candidates) => candidates.findIndex(({ backend }) => backend.load !== undefined),
      })),
      'do not tell their load: Conformance: of 4 candidates, the one with the index -1',
    ],
    ['a list that is kept', keepsList(), 'when the list is used again'],
    ['state that routers share', sharesState(), 'two runs with one seed differ'],
    ['state that the last router resets', sharesStateOfLast(), 'at work in a second one'],
    ['state in a variable', capturesState(), 'after a return to a snapshot'],
    [
      'settings that no router has',
      policy(() => first, { settings: { instances: 0 } }),
      'The router setting instances must be',
    ],
    [
      'an event that comes again and again',
      policy(({ scheduler }) => {
        const spin = (): void => {
          scheduler.schedule(1, spin, null)
        }
        spin()
        return first
      }),
      'executed 200000 events',
    ],
  ] as const)('%s', (_, candidate, message) => {
    expect(failures(candidate).join('\n')).toContain(message)
  })
})
