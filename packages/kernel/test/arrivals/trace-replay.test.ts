import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CeladonError, createSimulation, RandomStream, TraceReplay } from '../../src/index.js'

const trace: fc.Arbitrary<number[]> = fc
  .array(fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1e5, noNaN: true })), { maxLength: 60 })
  .map((gaps) => {
    let atMs = 0
    return gaps.map((gap) => {
      atMs += gap
      return atMs
    })
  })

function replay(process: TraceReplay, most = Infinity): number[] {
  const times: number[] = []
  for (let now = process.next(0); now < Infinity && times.length < most; now = process.next(now)) {
    times.push(now)
  }
  return times
}

test('replays exactly what was recorded, equal times included', () => {
  fc.assert(
    fc.property(trace, (timesMs) => {
      const process = new TraceReplay({ timesMs })
      expect(replay(process)).toEqual(timesMs)
      expect(process.next(1e9)).toBe(Infinity)
    }),
  )
})

test('stretches and repeats the record', () => {
  fc.assert(
    fc.property(
      trace.filter((times) => times.length > 0),
      fc.constantFrom(0.25, 1, 2),
      (timesMs, scale) => {
        const periodMs = (timesMs.at(-1) ?? 0) + 1
        const expected = [0, 1, 2].flatMap((lap) =>
          timesMs.map((atMs) => (lap * periodMs + atMs) * scale),
        )
        const process = new TraceReplay({ timesMs, scale, periodMs })
        expect(replay(process, expected.length)).toEqual(expected)
      },
    ),
  )
})

test('loses nothing to the rounding of a clock that adds delays', () => {
  // now + (at - now) misses `at` only for times such as these, and then in one case of eight.
  const early = fc.double({ min: 8, max: 16, noNaN: true, maxExcluded: true })
  const late = fc.double({ min: 24, max: 32, noNaN: true, maxExcluded: true })
  let missed = 0
  fc.assert(
    fc.property(early, late, (first, second) => {
      const timesMs = [first, second, second, second, second + 1]
      const simulation = createSimulation()
      const process = new TraceReplay({ timesMs })
      const seen: number[] = []
      const arrive = (): void => {
        seen.push(simulation.now)
        next()
      }
      const next = (): void => {
        const atMs = process.next(simulation.now)
        if (atMs < Infinity) simulation.schedule(atMs - simulation.now, arrive, null)
      }
      next()
      simulation.run()
      expect(seen).toHaveLength(timesMs.length)
      for (const [index, atMs] of seen.entries()) {
        if (atMs > (timesMs[index] ?? 0)) missed += 1
        expect(Math.abs(atMs - (timesMs[index] ?? 0))).toBeLessThanOrEqual(atMs * Number.EPSILON)
      }
    }),
    { numRuns: 300 },
  )
  expect(missed).toBeGreaterThan(0)
})

test('leaves out what lies before the time it is asked for', () => {
  const process = new TraceReplay({ timesMs: [0, 1, 2, 2, 3], periodMs: 10 })
  expect(process.next(1.5)).toBe(2)
  expect(process.next(2)).toBe(2)
  expect(process.next(2)).toBe(3)
  expect(process.next(25)).toBe(30)
})

test('copies the record and draws no random numbers', () => {
  const timesMs = [5, 6]
  const process: { next(nowMs: number, stream: RandomStream): number } = new TraceReplay({
    timesMs,
  })
  timesMs.fill(0)
  const stream = new RandomStream('idle')
  const before = stream.save()
  expect(process.next(0, stream)).toBe(5)
  expect(stream.save()).toEqual(before)
})

test.each([
  [{ timesMs: [1, -1] }, /has arrival 2 at -1 ms/],
  [{ timesMs: [Infinity] }, /has arrival 1 at Infinity ms/],
  [{ timesMs: [1, 3, 2] }, /goes back in time with arrival 3: 3 ms, then 2 ms/],
  [{ timesMs: [], scale: 0 }, /has the scale 0/],
  [{ timesMs: [1, 5], periodMs: 5 }, /period of 5 ms; it must be after the last arrival, 5 ms/],
  [{ timesMs: [], periodMs: Number.NaN }, /period of NaN ms/],
])('%j is no trace', (options, message) => {
  expect(() => new TraceReplay(options)).toThrow(message)
  expect(() => new TraceReplay(options)).toThrow(CeladonError)
})
