// Random routing splits Poisson traffic into independent Poisson streams: n dynos that serve one
// request at a time are n queues M/G/1, whatever the number of router instances. Theory: the formula
// of Pollaczek and Khinchine, against intervals that come from the run itself (batch means, 99.9 %).
import {
  constant,
  covers,
  type Distribution,
  exponential,
  type Interval,
  squaredCv,
  weibull,
} from '@celadon/kernel'
import { describe, expect, test } from 'vitest'
import { chooseBy } from './choose-by.js'
import { meanWait, type WaitOptions } from './mean-wait.js'

const MEAN_SERVICE_MS = 10

/** Mean wait in a queue M/G/1, in milliseconds. */
function pollaczekKhinchine(load: number, service: Distribution): number {
  return (load * service.mean * (1 + squaredCv(service))) / (2 * (1 - load))
}

function tenDynosWait(options: Omit<WaitOptions, 'dynos' | 'requests'>): Interval {
  return meanWait({ dynos: 10, requests: 1_000_000, ...options })
}

/** The heavy tail that was published for a Rails app in 2013: Weibull of shape 0.46. */
function heavy(): Distribution {
  const { mean } = weibull({ shape: 0.46, scale: 1 })
  return weibull({ shape: 0.46, scale: MEAN_SERVICE_MS / mean })
}

describe.each([
  { load: 0.8, service: exponential({ mean: MEAN_SERVICE_MS }), precision: 0.05 },
  { load: 0.6, service: constant(MEAN_SERVICE_MS), precision: 0.02 },
  { load: 0.5, service: heavy(), precision: 0.1 },
])('at a load of $load with service $service.name', ({ load, service, precision }) => {
  const theory = pollaczekKhinchine(load, service)
  const base = { load, service }

  test.each([1, 10])('%i router instances leave n queues M/G/1', (instances) => {
    const wait = tenDynosWait({ ...base, seed: `mg1 ${instances}`, settings: { instances } })
    expect(wait.relativeHalfWidth).toBeLessThan(precision)
    expect(covers(wait, theory)).toBe(true)
  })

  test('a policy that takes turns is found out', () => {
    let turn = 0
    const wait = tenDynosWait({
      ...base,
      seed: 'turns',
      policy: chooseBy(({ length }) => turn++ % length),
    })
    expect(wait.high).toBeLessThan(theory)
  })
})
