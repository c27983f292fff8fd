import type { GlobalLock } from '@celadon/contracts'
import { constant } from '@celadon/kernel'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DYNO_SIZES, puma, serverProgram } from '../../src/index.js'
import { CPU, offer } from '../offered-load.js'
import { type OneDyno, oneDyno } from './one-dyno.js'

function threads(globalLock: GlobalLock | null, workers = 1): OneDyno {
  const program = serverProgram({ name: 'threads', workers, threads: 20, globalLock })
  return oneDyno(program, { size: DYNO_SIZES['standard-2x'] })
}

/** When computing requests of these demands are done that begin at these times. */
function finishTimes(dyno: OneDyno, jobs: readonly (readonly [atMs: number, demandMs: number])[]) {
  const requests = jobs.map(([atMs, demandMs]) => {
    dyno.run(atMs)
    return dyno.connect(demandMs, CPU).request
  })
  dyno.run()
  return requests.map(({ finishedAt }) => finishedAt)
}

describe('threads under a lock', () => {
  test.each([
    [100, [500, 600]],
    [250, [550, 600]],
    [Number.POSITIVE_INFINITY, [300, 600]],
  ])('take turns of %d ms', (sliceMs, times) => {
    const done = finishTimes(threads({ sliceMs }), [
      [0, 300],
      [0, 300],
    ])
    expect(done).toEqual(times)
  })

  test('a short step waits no longer than a slice for one that has long computed', () => {
    const jobs = [
      [0, 1000],
      [250, 10],
    ] as const
    expect(finishTimes(threads({ sliceMs: 100 }), jobs)).toEqual([1010, 360])
    expect(finishTimes(threads({ sliceMs: 5 }), jobs)).toEqual([1010, 270])
  })

  test('who computes alone is never interrupted, and costs no event for it', () => {
    const dyno = threads({ sliceMs: 5 })
    dyno.connect(10_000, CPU)
    const before = dyno.app.simulation.executed
    dyno.run()
    expect(dyno.app.simulation.executed - before).toBe(1)
  })

  test('one lock each: two processes compute at the same time', () => {
    const jobs = [
      [0, 300],
      [0, 300],
    ] as const
    expect(finishTimes(threads({ sliceMs: 100 }, 2), jobs)).toEqual([300, 300])
  })
})

test('handing the lock over loses no processor time, whatever the slice', () => {
  const job = fc.tuple(fc.nat(2000), fc.integer({ min: 1, max: 500 }))
  fc.assert(
    fc.property(fc.array(job, { minLength: 1, maxLength: 20 }), fc.nat(300), (list, sliceMs) => {
      const jobs = list.toSorted(([one], [other]) => one - other)
      const done = finishTimes(threads({ sliceMs: sliceMs + 0.5 }), jobs)
      // A single processor that never idles while somebody wants it: its busy periods are known.
      let busyUntil = 0
      for (const [atMs, demandMs] of jobs) busyUntil = Math.max(busyUntil, atMs) + demandMs
      expect(Math.max(...done)).toBeCloseTo(busyUntil, 6)
      for (const [index, [atMs, demandMs]] of jobs.entries()) {
        expect((done[index] ?? 0) - atMs).toBeGreaterThan(demandMs - 1e-6)
      }
    }),
  )
})

test('a process serves no more than its lock lets through', () => {
  // A quarter of each request computes: four threads fill the lock, more do not help.
  const steps = [
    { type: 'wait', share: 0.75 },
    { type: 'cpu', share: 0.25 },
  ] as const
  const requests = 4000
  const rates = [1, 2, 8, 20].map((count) => {
    const program = puma({ workers: 1, threads: count })
    const load = { size: DYNO_SIZES['standard-2x'], requests, demand: constant(100), steps }
    const { app } = offer({ ...load, program, arrivalRate: 10 })
    return (requests / app.simulation.now) * 1000
  })
  const [one = 0, two = 0, eight = 0, twenty = 0] = rates
  expect(one).toBeCloseTo(10, 1)
  expect(two).toBeCloseTo(20, 0)
  expect(eight).toBeLessThanOrEqual(40)
  expect(eight).toBeGreaterThan(39)
  expect(twenty).toBeLessThanOrEqual(40)
})
