import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { normalQuantile, RandomStream } from '../../src/index.js'
import { chiSquaredExcess, countCells } from '../goodness-of-fit.js'

/** A stream that gives the normal numbers of another one. */
function twins(seed: string): [RandomStream, RandomStream] {
  return [new RandomStream(seed), new RandomStream(seed)]
}

describe('a lognormal number', () => {
  test('is the median times the exponential of a normal one, to 1e-15', () => {
    // Math.exp itself is within one unit in the last place, 2.2e-16.
    const error = 1e-15 + 2 ** -52
    fc.assert(
      fc.property(fc.string(), fc.double({ min: 0, max: 60, noNaN: true }), (seed, sigma) => {
        const [stream, same] = twins(seed)
        for (let draw = 0; draw < 200; draw += 1) {
          const exact = Math.exp(sigma * same.normal())
          expect(Math.abs(stream.lognormal(1, sigma) - exact)).toBeLessThanOrEqual(error * exact)
        }
      }),
      { numRuns: 200 },
    )
  })

  test('does not end where floating-point numbers do', () => {
    const [stream, same] = twins('far')
    for (let draw = 0; draw < 1000; draw += 1) {
      const exponent = 2000 * same.normal()
      const value = stream.lognormal(1, 2000)
      if (exponent > 710) expect(value).toBe(Number.POSITIVE_INFINITY)
      else if (exponent < -746) expect(value).toBe(0)
      else expect(value).toBeGreaterThanOrEqual(0)
    }
  })

  test('follows its distribution', () => {
    const stream = new RandomStream('lognormal')
    const draws = 200_000
    const cells = 50
    const shares = Array.from({ length: draws }, () => {
      const value = stream.lognormal(46, 1.9)
      // Which share of all lies below, by bisection of the quantile.
      let [low, high] = [0, 1]
      for (let step = 0; step < 30; step += 1) {
        const middle = (low + high) / 2
        if (46 * Math.exp(1.9 * normalQuantile(middle)) < value) low = middle
        else high = middle
      }
      return low
    })
    const expected = new Array<number>(cells).fill(draws / cells)
    expect(chiSquaredExcess(countCells(shares, cells, 1), expected)).toBeLessThan(4)
  })

  test('with sigma 0 is the median', () => {
    expect(new RandomStream('x').lognormal(46, 0)).toBe(46)
  })
})
