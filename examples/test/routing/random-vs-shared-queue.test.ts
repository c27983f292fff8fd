import { covers } from '@celadon/kernel'
import { describe, expect, test } from 'vitest'
import { erlangWait } from '../../experiment/erlang.js'
import { run } from '../../routing/random-vs-shared-queue.js'
import type { Times } from '../../routing/waiting-times.js'
import { certain, certainDifference } from '../claims.js'

const { loaded, published, text } = run({
  replications: 6,
  loadedDynos: [10, 100, 400],
  loadedRequests: 6000,
  publishedDynos: [50, 80, 1000],
  publishedMs: 60_000,
})
const wait = ({ waitMs }: Times): number => waitMs

describe.each(loaded)('at the same load, $dynos dynos', ({ random, shared }) => {
  test('with random routing wait as one dyno alone does', () => {
    expect(covers(certain(random, wait), 100 * erlangWait(1, 0.5))).toBe(true)
  })

  test('with a shared queue wait less', () => {
    expect(certainDifference(random, shared, wait).low).toBeGreaterThan(0)
  })
})

test('ten dynos with a shared queue wait as Erlang says', () => {
  expect(covers(certain(loaded[0]?.shared ?? [], wait), 100 * erlangWait(10, 0.5))).toBe(true)
})

test('a hundred or more dynos with a shared queue leave nobody waiting', () => {
  // By Erlang one request in three thousand million waits at 100 dynos.
  for (const { shared } of loaded.slice(1)) expect(Math.max(...shared.map(wait))).toBe(0)
})

describe('with the traffic of 2013', () => {
  const at = (dynos: number) => published.find((row) => row.dynos === dynos)

  test('1000 dynos at random keep users waiting longer than 80 with a shared queue', () => {
    const difference = certainDifference(at(1000)?.random ?? [], at(80)?.shared ?? [], wait)
    expect(difference.low).toBeGreaterThan(0)
  })

  test('the share of requests that wait at random is the load of a dyno', () => {
    // The mean service time is 264.2 ms. The first seconds from an empty app lower it a little.
    const load = (dynos: number) => (150 * 0.2642) / dynos
    const queued = certain(at(1000)?.random ?? [], ({ queuedShare }) => queuedShare)
    expect(queued.high).toBeGreaterThan(load(1000))
    expect(queued.low).toBeLessThan(load(1000))
  })
})

test('the table has a row for each number of dynos', () => {
  expect(text.match(/^(10|50|80|100|400|1000) .*±/gm)).toHaveLength(6)
})
