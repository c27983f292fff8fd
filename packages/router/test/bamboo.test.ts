// The router of 2010 lets one request into a dyno at a time and queues the others itself. One such
// router is the queue M/M/c. Many that know nothing of each other are nearly random routing, which
// is what Heroku's customers found out in 2013.
import { covers, exponential, type Interval } from '@celadon/kernel'
import { expect, test } from 'vitest'
import { meanWait } from './mean-wait.js'

const DYNOS = 10
const LOAD = 0.8
const SERVICE_MS = 10

function bambooWait(instances: number, activePerDyno: number, requests: number): Interval {
  return meanWait({
    seed: `bamboo ${instances}`,
    generation: 'bamboo-2010',
    settings: { instances, activePerDyno },
    dynos: DYNOS,
    load: LOAD,
    service: exponential({ mean: SERVICE_MS }),
    requests,
  })
}

/** Mean wait in a queue M/M/c by Erlang's C formula. */
function erlangWaitMs(servers: number): number {
  const erlangs = LOAD * DYNOS
  let blocking = 1
  for (let count = 1; count <= servers; count += 1) {
    blocking = (erlangs * blocking) / (count + erlangs * blocking)
  }
  const delayed = blocking / (1 - (erlangs / servers) * (1 - blocking))
  return (delayed * SERVICE_MS) / (servers - erlangs)
}

test('one router is the queue M/M/c', () => {
  const wait = bambooWait(1, 1, 1_000_000)
  expect(wait.relativeHalfWidth).toBeLessThan(0.1)
  expect(covers(wait, erlangWaitMs(DYNOS))).toBe(true)
  expect(covers(wait, erlangWaitMs(DYNOS + 1))).toBe(false)
  expect(covers(bambooWait(1, 2, 1_000_000), erlangWaitMs(DYNOS))).toBe(false)
})

test('the more routers, the longer the wait, up to that of random routing', () => {
  const randomMs = (LOAD * SERVICE_MS) / (1 - LOAD)
  const waits = [1, 2, 4, 16, 64, 256].map((instances) => bambooWait(instances, 1, 400_000))
  for (const [index, wait] of waits.slice(1).entries()) {
    const before = waits[index] ?? wait
    expect(wait.low).toBeGreaterThan(before.high)
  }
  const last = waits.at(-1)
  expect(last?.estimate).toBeGreaterThan(0.9 * randomMs)
  expect(last?.estimate).toBeLessThan(randomMs)
})
