// Known results of queueing theory, against intervals that come from the run itself: 40 batch means,
// 99.9 %. Each comparison also has a wrong model beside it that must fall outside of the interval.
import { describe, expect, test } from 'vitest'
import { exponential, lognormal, uniform } from '../src/index.js'
import { batchMeans, covers, type Estimate } from './statistics.js'
import { type WaitingLineOptions, waitingTimes } from './waiting-line.js'

const SERVICE_MS = 10
const CUSTOMERS = 1_000_000

function meanWait(options: Omit<WaitingLineOptions, 'customers'>): Estimate {
  return batchMeans(waitingTimes({ ...options, customers: CUSTOMERS }))
}

/** Probability that an arrival finds all of `servers` busy; `load` in erlangs. */
function erlangC(servers: number, load: number): number {
  let inverse = 1
  let term = 1
  for (let busy = servers; busy > 0; busy -= 1) {
    term *= busy / load
    inverse += term
  }
  const blocking = 1 / inverse
  return blocking / (1 - (load / servers) * (1 - blocking))
}

function expectPrecise({ mean, halfWidth }: Estimate, share: number): void {
  expect(halfWidth / mean).toBeLessThan(share)
}

describe('M/M/1', () => {
  const load = 0.7
  const base = {
    seed: 'mm1',
    arrivalRate: load / SERVICE_MS,
    service: exponential({ mean: SERVICE_MS }),
  }
  // A wait is 0 with probability 1 - load, else exponential with this mean.
  const delayedMs = SERVICE_MS / (1 - load)
  const first = waitingTimes({ ...base, customers: CUSTOMERS })
  const last = waitingTimes({ ...base, next: 'last', customers: CUSTOMERS })
  const squares = (waits: readonly number[]): Estimate => batchMeans(waits.map((wait) => wait ** 2))

  test('has the mean wait of theory', () => {
    const wait = batchMeans(first)
    expectPrecise(wait, 0.05)
    expect(covers(wait, load * delayedMs)).toBe(true)
  })

  test('waits at all as often as the server is busy', () => {
    const delayed = batchMeans(first.map((wait) => (wait > 0 ? 1 : 0)))
    expectPrecise(delayed, 0.02)
    expect(covers(delayed, load)).toBe(true)
  })

  test('last come, first served keeps the mean and multiplies the second moment', () => {
    const secondMoment = 2 * load * delayedMs ** 2
    expect(covers(batchMeans(last), load * delayedMs)).toBe(true)
    expect(covers(squares(first), secondMoment)).toBe(true)
    expect(covers(squares(last), secondMoment / (1 - load))).toBe(true)
    expect(covers(squares(last), secondMoment)).toBe(false)
  })
})

describe('M/M/c', () => {
  const servers = 8
  const load = 6.4
  const base = {
    seed: 'mmc',
    arrivalRate: load / SERVICE_MS,
    service: exponential({ mean: SERVICE_MS }),
  }
  const theory = (erlangC(servers, load) * SERVICE_MS) / (servers - load)

  test('has the mean wait of the Erlang C formula', () => {
    const wait = meanWait({ ...base, servers })
    expectPrecise(wait, 0.07)
    expect(covers(wait, theory)).toBe(true)
  })

  test('with one server less is found out', () => {
    expect(covers(meanWait({ ...base, servers: servers - 1 }), theory)).toBe(false)
  })
})

describe('random routing', () => {
  const lines = 8
  const load = 0.7
  const base = {
    seed: 'routing',
    arrivalRate: (lines * load) / SERVICE_MS,
    service: exponential({ mean: SERVICE_MS }),
  }
  const theory = (load * SERVICE_MS) / (1 - load)

  test('makes every line an M/M/1 of its own', () => {
    const wait = meanWait({ ...base, lines })
    expectPrecise(wait, 0.05)
    expect(covers(wait, theory)).toBe(true)
  })

  test('to one line less, or to one shared line, is found out', () => {
    expect(covers(meanWait({ ...base, lines: lines - 1 }), theory)).toBe(false)
    const shared = meanWait({ ...base, servers: lines })
    expect(covers(shared, theory)).toBe(false)
    expect(shared.mean).toBeLessThan(theory / 5)
  })
})

describe('M/G/1', () => {
  const load = 0.6
  for (const service of [
    uniform({ min: 2, max: 18 }),
    lognormal({ median: SERVICE_MS, p95: 3 * SERVICE_MS }),
  ]) {
    test(`has the mean wait of Pollaczek and Khinchine with ${service.name}`, () => {
      const wait = meanWait({ seed: 'mg1', arrivalRate: load / service.mean, service })
      const theory = (load * service.mean * (1 + service.squaredCv)) / (2 * (1 - load))
      expectPrecise(wait, 0.05)
      expect(covers(wait, theory)).toBe(true)
    })
  }
})
