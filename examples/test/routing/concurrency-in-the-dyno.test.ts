import { covers } from '@celadon/kernel'
import { describe, expect, test } from 'vitest'
import { erlangWait } from '../../experiment/erlang.js'
import { run } from '../../routing/concurrency-in-the-dyno.js'
import { certain, certainDifference } from '../claims.js'

const LOAD = 0.7
const { cells } = run({ replications: 6, loads: [LOAD], requests: 10_000 })
const timesOf = (workers: number) => cells.find((cell) => cell.workers === workers)?.times ?? []

describe('the same slots', () => {
  test.each([2, 4, 8])('wait less with %i workers on a dyno than with half as many', (workers) => {
    const wait = certainDifference(timesOf(workers / 2), timesOf(workers), ({ waitMs }) => waitMs)
    expect(wait.low).toBeGreaterThan(0)
  })

  test('alone on a dyno wait as a queue M/M/1', () => {
    const wait = certain(timesOf(1), ({ waitMs }) => waitMs)
    expect(covers(wait, 100 * erlangWait(1, LOAD))).toBe(true)
  })

  test.each([2, 4, 8])('serve a request no faster with %i workers on a dyno', (workers) => {
    const slower = certainDifference(timesOf(workers), timesOf(1), ({ serviceMs }) => serviceMs)
    expect(slower.high).toBeGreaterThan(0)
    if (workers > 2) expect(slower.low).toBeGreaterThan(0)
  })
})
