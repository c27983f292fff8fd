import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BatchMeans, CeladonError, covers, meanInterval, RandomStream } from '../../src/index.js'
import { expectCoverage } from './coverage.js'
import { Autoregressive, QueueWaits } from './processes.js'

interface Process {
  next(): number
}

function batchMeansOf(process: Process, observations: number): BatchMeans {
  const means = new BatchMeans()
  for (let count = 0; count < observations; count += 1) means.record(process.next())
  return means
}

describe('coverage of 95 % intervals', () => {
  // A batch of b observations has 1 - 2 phi / (b (1 - phi²)) of the variance it would have in the
  // long run; with b = 64 that narrows the intervals by 1 %, so 94.7 % of them cover.
  test('is that of theory for an autoregressive process, and not without batches', () => {
    const runs = 2000
    let covered = 0
    let naive = 0
    for (let run = 0; run < runs; run += 1) {
      const process = new Autoregressive(`run ${run}`, 10, 0.5)
      const values = Array.from({ length: 40 * 64 }, () => process.next())
      const means = new BatchMeans()
      for (const value of values) means.record(value)
      expect(means.batchLength).toBe(64)
      if (covers(means.interval(), 10)) covered += 1
      if (covers(meanInterval(values), 10)) naive += 1
    }
    expectCoverage(covered, runs, 0.947, 0.95)
    // Without the correlation, intervals are narrower by the root of 3, and 74 % of them cover.
    expectCoverage(naive, runs, 0.742, 0.742)
  })

  test('is not bought with width: independent batches are joined 1 time in 40', () => {
    const runs = 2000
    let single = 0
    for (let run = 0; run < runs; run += 1) {
      const process = new Autoregressive(`independent ${run}`, 10, 0)
      const means = new BatchMeans()
      const batches = Array.from({ length: 60 }, () => {
        let sum = 0
        for (let count = 0; count < 16; count += 1) {
          const value = process.next()
          means.record(value)
          sum += value
        }
        return sum / 16
      })
      const ratio = means.interval().halfWidth / meanInterval(batches).halfWidth
      if (Math.abs(ratio - 1) < 1e-9) single += 1
    }
    expectCoverage(single, runs, 0.975, 0.975)
  })

  test('is near that for the waits of an M/M/1', () => {
    const runs = 400
    let covered = 0
    for (let run = 0; run < runs; run += 1) {
      const means = batchMeansOf(new QueueWaits(`run ${run}`, 0.5), 50_000)
      if (covers(means.interval(), 1)) covered += 1
    }
    expectCoverage(covered, runs, 0.94, 0.95)
  })

  test('stays high in runs that are much too short, for joining finds them out', () => {
    const runs = 500
    let covered = 0
    let unknown = 0
    let plain = 0
    for (let run = 0; run < runs; run += 1) {
      const process = new Autoregressive(`short ${run}`, 10, 0.99)
      const values = Array.from({ length: 62 * 16 }, () => process.next())
      const means = new BatchMeans()
      for (const value of values) means.record(value)
      if (covers(means.interval(), 10)) covered += 1
      if (means.interval().halfWidth === Number.POSITIVE_INFINITY) unknown += 1
      const batches = Array.from({ length: 62 }, (_, batch) =>
        values.slice(16 * batch, 16 * (batch + 1)).reduce((sum, value) => sum + value / 16, 0),
      )
      if (covers(meanInterval(batches), 10)) plain += 1
    }
    expect(unknown).toBeGreaterThan(runs / 2)
    expect(covered).toBeGreaterThan(0.8 * runs)
    expect(plain).toBeLessThan(0.5 * runs)
  })
})

describe('a stop rule', () => {
  function coverageWhenStopped(runs: number, precision: number, start: (run: number) => Process) {
    return (mean: number): number => {
      let covered = 0
      for (let run = 0; run < runs; run += 1) {
        const process = start(run)
        const means = new BatchMeans()
        do means.record(process.next())
        while (means.interval().relativeHalfWidth > precision)
        if (covers(means.interval(), mean)) covered += 1
      }
      return covered
    }
  }

  test('covers the mean of independent observations', () => {
    const independent = (run: number): Process => new Autoregressive(`stop ${run}`, 10, 0)
    expectCoverage(coverageWhenStopped(1000, 0.003, independent)(10), 1000, 0.94, 0.95)
  })

  test('covers that of a busy queue nearly as often', () => {
    const busy = (run: number): Process => new QueueWaits(`stop ${run}`, 0.8)
    expectCoverage(coverageWhenStopped(200, 0.05, busy)(4), 200, 0.9, 0.95)
  })

  test('does not hold before there are 32 batches, nor while nothing varies', () => {
    const constant = new BatchMeans()
    const varied = new BatchMeans()
    const stream = new RandomStream('varied')
    for (let count = 1; count <= 100_000; count += 1) {
      constant.record(1)
      expect(constant.interval().relativeHalfWidth).toBe(Number.POSITIVE_INFINITY)
      varied.record(stream.float())
      if (count < 512) expect(varied.interval().halfWidth).toBe(Number.POSITIVE_INFINITY)
    }
    expect(varied.interval().relativeHalfWidth).toBeLessThan(0.01)
  })
})

const observations: fc.Arbitrary<number[]> = fc
  .record({ count: fc.integer({ min: 0, max: 5000 }), seed: fc.integer({ min: 0, max: 1e6 }) })
  .map(({ count, seed }) => {
    const process = new Autoregressive(`property ${seed}`, 5, 0.3)
    return Array.from({ length: count }, () => process.next())
  })

test('has 32 to 63 batches, as long as they must be, and the means of those', () => {
  fc.assert(
    fc.property(observations, (values) => {
      const means = new BatchMeans()
      for (const value of values) means.record(value)
      const { batchLength } = means
      const batches = Math.floor(values.length / batchLength)
      expect(Number.isInteger(Math.log2(batchLength / 16))).toBe(true)
      expect(batches).toBeLessThan(64)
      if (batchLength > 16) expect(batches).toBeGreaterThanOrEqual(32)
      expect(means.count).toBe(values.length)
      const sum = (list: readonly number[]): number => list.reduce((all, each) => all + each, 0)
      expect(means.mean).toBeCloseTo(values.length === 0 ? 0 : sum(values) / values.length, 10)
      const full = values.slice(0, batches * batchLength)
      expect(means.interval().estimate).toBeCloseTo(batches === 0 ? 0 : sum(full) / full.length, 10)
    }),
  )
})

test('the width is that of Student’s interval for the batches, one by one or joined', () => {
  fc.assert(
    fc.property(observations, (values) => {
      const means = new BatchMeans()
      for (const value of values) means.record(value)
      const { estimate, halfWidth } = means.interval(0.9)
      const widths: number[] = [Number.POSITIVE_INFINITY]
      const count = Math.floor(values.length / means.batchLength)
      for (let joined = 1; count / joined >= 8; joined *= 2) {
        // An odd batch at the start is left out whenever the rest is joined in pairs.
        const length = means.batchLength * joined
        const groups = Math.floor(count / joined)
        const end = count * means.batchLength
        const group = (index: number): number => {
          const from = end - (groups - index) * length
          return values.slice(from, from + length).reduce((sum, value) => sum + value / length, 0)
        }
        const list = Array.from({ length: groups }, (_, index) => group(index))
        const squares = list.reduce((sum, each) => sum + (each - estimate) ** 2, 0)
        const own = meanInterval(list, 0.9)
        const ownSquares = list.reduce((sum, each) => sum + (each - own.estimate) ** 2, 0)
        widths.push(own.halfWidth * Math.sqrt(squares / ownSquares))
      }
      const nearest = Math.min(
        ...widths.map((width) => (width === halfWidth ? 0 : Math.abs(width - halfWidth))),
      )
      expect(nearest).toBeLessThan(1e-9)
    }),
  )
})

describe('correlation', () => {
  // The means of two batches of b observations each correlate by
  // phi (1 - phi^b)² / (b (1 - phi²) - 2 phi (1 - phi^b)).
  test.each([0, 0.5, 0.9, 0.99])(
    'between batches of a process with phi %d is that of theory',
    (phi) => {
      const runs = 2000
      const b = 16
      const batches = 63
      let sum = 0
      let squares = 0
      for (let run = 0; run < runs; run += 1) {
        const process = new Autoregressive(`phi ${phi} run ${run}`, 0, phi)
        const { correlation } = batchMeansOf(process, b * batches)
        sum += correlation
        squares += correlation * correlation
      }
      const mean = sum / runs
      const error = Math.sqrt((squares / runs - mean * mean) / runs)
      const edge = 1 - phi ** b
      const theory = (phi * edge * edge) / (b * (1 - phi * phi) - 2 * phi * edge)
      // The estimate from n values falls short by up to (1 + 4 theory) / n (Kendall 1954).
      expect(Math.abs(mean - theory)).toBeLessThan(3.29 * error + (1 + 4 * theory) / batches)
    },
  )

  test('is 0 while there is nothing to tell from', () => {
    expect(new BatchMeans().correlation).toBe(0)
    expect(batchMeansOf({ next: () => 3 }, 1000).correlation).toBe(0)
  })
})

test('reset forgets everything', () => {
  const means = batchMeansOf(new Autoregressive('reset', 3, 0), 5000)
  means.interval()
  means.reset()
  expect(means).toMatchObject({ count: 0, mean: 0, correlation: 0, batchLength: 16 })
  expect(means.interval()).toEqual(new BatchMeans().interval())
  const process = new Autoregressive('again', 3, 0)
  for (let count = 0; count < 5000; count += 1) means.record(process.next())
  const fresh = batchMeansOf(new Autoregressive('again', 3, 0), 5000)
  expect(means.interval()).toEqual(fresh.interval())
})

test('an interval that was handed out does not change', () => {
  const means = batchMeansOf(new Autoregressive('kept', 3, 0), 5000)
  const before = means.interval()
  const copy = { ...before }
  for (let count = 0; count < 5000; count += 1) means.record(100)
  expect(before).toEqual(copy)
  expect(means.interval()).not.toEqual(copy)
})

test('an interval is for the confidence that is asked for, also right after another one', () => {
  const means = batchMeansOf(new Autoregressive('confidence', 3, 0), 5000)
  const widths = [0.5, 0.95, 0.999].map((confidence) => means.interval(confidence).halfWidth)
  expect(widths).toEqual(widths.toSorted((a, b) => a - b))
  expect(new Set(widths).size).toBe(3)
  expect(means.interval(0.95).halfWidth).toBe(widths[1])
})

test('what is not finite is refused when its batch is full', () => {
  const means = new BatchMeans()
  means.record(Number.NaN)
  expect(() => {
    for (let count = 0; count < 16; count += 1) means.record(1)
  }).toThrow(CeladonError)
})

test.each([0, 1, 95, Number.NaN])('refuses the confidence %d', (confidence) => {
  expect(() => new BatchMeans().interval(confidence)).toThrow(CeladonError)
})
