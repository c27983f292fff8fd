import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CeladonError, mser5, RandomStream } from '../../src/index.js'

/** The definition: the cut with the smallest squared standard error of the rest, by trying all. */
function bestCut(values: readonly number[]): number {
  const means = Array.from({ length: Math.floor(values.length / 5) }, (_, batch) =>
    values.slice(5 * batch, 5 * batch + 5).reduce((sum, value) => sum + value / 5, 0),
  )
  const errors = means.slice(0, Math.max(means.length - 4, 0)).map((_, cut) => {
    const rest = means.slice(cut)
    const mean = rest.reduce((sum, value) => sum + value, 0) / rest.length
    return rest.reduce((sum, value) => sum + (value - mean) ** 2, 0) / rest.length ** 2
  })
  return errors.length === 0 ? 0 : 5 * errors.indexOf(Math.min(...errors))
}

/** Noise around 10, with `lead` observations before it that are off by `bias`, fading. */
function run(seed: string, length: number, lead: number, bias: number): number[] {
  const stream = new RandomStream(seed)
  return Array.from(
    { length },
    (_, index) => 10 + stream.normal() + (index < lead ? bias * (1 - index / lead) : 0),
  )
}

test('cuts where the rest has the smallest standard error', () => {
  const length = fc.integer({ min: 0, max: 400 })
  const lead = fc.integer({ min: 0, max: 200 })
  fc.assert(
    fc.property(length, lead, fc.integer({ min: -20, max: 20 }), (count, before, bias) => {
      const values = run(`${count} ${before} ${bias}`, count, before, bias)
      expect(mser5(values).drop).toBe(bestCut(values))
    }),
  )
})

describe('a run', () => {
  test('that starts far off loses its start, and its mean the bias', () => {
    for (let seed = 0; seed < 100; seed += 1) {
      const values = run(`biased ${seed}`, 5000, 500, 50)
      const { drop, conclusive } = mser5(values)
      expect(conclusive).toBe(true)
      expect(drop % 5).toBe(0)
      expect(drop).toBeGreaterThan(400)
      const rest = values.slice(drop)
      const mean = rest.reduce((sum, value) => sum + value, 0) / rest.length
      // What is left of the lead is off by less than 50 * 100 / 500, for 100 observations at most.
      expect(Math.abs(mean - 10)).toBeLessThan(3.89 / Math.sqrt(rest.length) + 1000 / rest.length)
    }
  })

  test('that drifts to its end is not conclusive', () => {
    const values = Array.from({ length: 1000 }, (_, index) => index)
    expect(mser5(values).conclusive).toBe(false)
  })

  test('of less than 10 batches is not conclusive', () => {
    expect(mser5(run('short', 49, 0, 0)).conclusive).toBe(false)
    expect(mser5([])).toEqual({ drop: 0, conclusive: false })
  })

  test('that never varies keeps everything', () => {
    expect(mser5(new Float64Array(100).fill(7))).toEqual({ drop: 0, conclusive: true })
  })

  test('with a value that is not finite is refused', () => {
    expect(() => mser5([...run('nan', 50, 0, 0), 1, Number.NaN, 1, 1, 1])).toThrow(CeladonError)
  })
})
