// Traffic like that of the article by Rap Genius of February 2013: 9000 requests per minute for five
// minutes from empty, service times from a Weibull distribution of shape 0.46 within 10 ms and 30 s.
// The figures come from an independent program in Python without routers, which sent each request to
// a dyno by arithmetic; there, the shorter of two lines is the one with less work left. They are
// means of a few seeds, and uncertain themselves: each has to lie within our interval of 99.9 %.
import { covers, type Distribution, type Interval, meanInterval, weibull } from '@celadon/kernel'
import { describe, expect, test } from 'vitest'
import { type Candidate, type Policy, powerOf, randomChoice, sharedQueue } from '../../src/index.js'
import type { LoadedDyno } from './loaded-dyno.js'
import { queueingRun } from './queueing.js'

const RUNS = 20

/** The shorter of two lines drawn at random, by the work that is left in them. */
const lessWork: Policy = {
  name: 'less work',
  create: ({ stream, scheduler }) => ({
    choose(candidates) {
      const workLeft = (index: number): number => {
        const { backend } = candidates[index] as Candidate
        return Math.max(0, (backend as LoadedDyno).freeAt - scheduler.now)
      }
      const [one, other] = [stream.below(candidates.length), stream.below(candidates.length)]
      return workLeft(one) <= workLeft(other) ? one : other
    },
  }),
}

function railsApp(): Distribution {
  const whole = weibull({ shape: 0.46, scale: 110.92 })
  return {
    ...whole,
    name: 'Weibull within 10 ms and 30 s',
    mean: 264.2,
    quantile: (probability) => Math.min(30_000, Math.max(10, whole.quantile(probability))),
  }
}

interface Figures {
  readonly wait: Interval
  /** Share of the requests that waited, in percent. */
  readonly queued: Interval
}

function figures(policy: Policy, dynos: number): Figures {
  const runs = Array.from({ length: RUNS }, (_, run) => {
    const { waits } = queueingRun({
      seed: `figures ${run}`,
      policy,
      dynos,
      service: railsApp(),
      settings: { instances: 1 },
      gapMs: 60_000 / 9000,
      requests: 100_000,
      untilMs: 300_000,
    })
    const sum = waits.reduce((total, wait) => total + wait, 0)
    const queued = waits.reduce((count, wait) => count + (wait > 0 ? 1 : 0), 0)
    return { wait: sum / waits.length, queued: (100 * queued) / waits.length }
  })
  return {
    wait: meanInterval(
      runs.map(({ wait }) => wait),
      0.999,
    ),
    queued: meanInterval(
      runs.map(({ queued }) => queued),
      0.999,
    ),
  }
}

describe('mean wait and share of requests that wait', () => {
  test.each([
    { dynos: 50, wait: 3389, queued: 77.9 },
    { dynos: 75, wait: 1051, queued: 52.4 },
    { dynos: 250, wait: 173, queued: 15.7 },
    { dynos: 4000, wait: 9.2, queued: 1 },
  ])('with a random dyno of $dynos', ({ dynos, ...expected }) => {
    const { wait, queued } = figures(randomChoice(), dynos)
    expect(covers(wait, expected.wait)).toBe(true)
    expect(covers(queued, expected.queued)).toBe(true)
  })

  test.each([
    { dynos: 50, wait: 425, queued: 63.3 },
    { dynos: 75, wait: 127, queued: 28.2 },
    { dynos: 250, wait: 9.1, queued: 2.5 },
  ])('with less work of two among $dynos', ({ dynos, ...expected }) => {
    const { wait, queued } = figures(lessWork, dynos)
    expect(covers(wait, expected.wait)).toBe(true)
    expect(covers(queued, expected.queued)).toBe(true)
    // Lengths tell less than work when service times differ so much.
    expect(figures(powerOf({ view: 'true' }), dynos).wait.low).toBeGreaterThan(wait.high)
  })

  test('with one line for 75 dynos nobody waits', () => {
    expect(figures(sharedQueue(), 75).wait.high).toBeLessThan(0.5)
  })
})
