// Quantiles against figures that were computed elsewhere with 40 digits (mpmath 1.3.0: the inverse
// of its incomplete gamma and normal functions), and against densities integrated here.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { gamma, hyperexponential, lognormal, mixture, normalQuantile } from '../../src/index.js'

function expectClose(value: number, exact: number, relativeError: number): void {
  expect(Math.abs(value / exact - 1)).toBeLessThan(relativeError)
}

const GAMMA_SHARES = [1e-10, 0.001, 0.5, 0.95, 0.999999] as const
const GAMMA: readonly (readonly [number, readonly number[]])[] = [
  [
    0.05,
    [
      5.844632057286653e-201, 5.844632057286547e-61, 5.573878440746248e-7, 0.265932302425841,
      8.696862667893743,
    ],
  ],
  [
    0.3,
    [
      3.2364402266035518e-34, 6.972699096783344e-11, 0.0731311358669519, 1.3723499441008866,
      10.984835632108625,
    ],
  ],
  [
    1.5,
    [
      2.6046988107172404e-7, 0.012148792907846368, 1.182986942187669, 3.907363951625589,
      15.332424853077134,
    ],
  ],
  [
    30,
    [
      7.000511700351835, 15.869170797140358, 29.66733313822123, 39.540972243924365,
      63.54818012481632,
    ],
  ],
  [
    400,
    [
      285.61657299927833, 341.0332264935072, 399.6667160944644, 433.45570105468965,
      502.36477738235743,
    ],
  ],
  [
    10000,
    [
      9376.961682044388, 9693.824385823726, 9999.666668642047, 10165.051911966126,
      10482.561164638257,
    ],
  ],
]

test.each(GAMMA)('a gamma of shape %d has the exact quantiles', (shape, exact) => {
  for (const [index, p] of GAMMA_SHARES.entries()) {
    expectClose(gamma({ shape, scale: 1 }).quantile(p), exact[index] as number, 1e-12)
  }
})

test('the normal distribution has the exact quantiles, far tails included', () => {
  const values = [
    [1e-300, -37.0470962993612],
    [1e-20, -9.262340089798407],
    [1e-9, -5.9978070150076865],
    [0.02425, -1.972961051311885],
    [0.07, -1.4757910281791706],
    [0.3, -0.5244005127080408],
    [0.975, 1.9599639845400538],
    [0.999999, 4.753424308817087],
  ] as const
  for (const [p, z] of values) expectClose(normalQuantile(p), z, 1e-14)
})

test('a hyperexponential has the exact quantiles', () => {
  const distribution = hyperexponential({ mean: 10, squaredCv: 4 })
  const values = [
    [1e-6, 6.250003417971227e-6],
    [0.5, 4.514931237557677],
    [0.95, 37.14881811034042],
    [0.9999, 311.7668788381899],
  ] as const
  for (const [p, value] of values) expectClose(distribution.quantile(p), value, 1e-12)
})

test('a mixture has the exact quantiles', () => {
  const distribution = mixture([
    { weight: 7, distribution: lognormal({ median: 10, p95: 20 }) },
    { weight: 3, distribution: gamma({ shape: 2.5, scale: 40 }) },
  ])
  const values = [
    [1e-6, 0.4179632569698542],
    [0.5, 12.60358137294842],
    [0.8, 64.3290499505142],
    [0.95, 156.32183609146486],
    [0.9999, 460.573270356215],
  ] as const
  for (const [p, value] of values) expectClose(distribution.quantile(p), value, 1e-12)
})

describe('the integral of the density up to the quantile is p', () => {
  /** By Simpson's rule in the logarithm of the value, where these densities fall off on both sides. */
  function integral(density: (x: number) => number, from: number, to: number): number {
    const steps = 20_000
    const width = Math.log(to / from) / steps
    let sum = 0
    for (let step = 0; step <= steps; step += 1) {
      const x = from * Math.exp(step * width)
      sum += x * density(x) * (step === 0 || step === steps ? 1 : step % 2 === 1 ? 4 : 2)
    }
    return (sum * width) / 3
  }

  const share = fc.double({ min: 1e-4, max: 0.9999, noNaN: true })

  test('for a gamma', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.5, max: 60, noNaN: true }), share, (shape, p) => {
        const mode = Math.max(shape - 1, 0.1)
        const density = (x: number): number =>
          Math.exp((shape - 1) * Math.log(x / mode) - (x - mode))
        const value = gamma({ shape, scale: 1 }).quantile(p)
        // Whatever lies outside of these bounds is below 1e-16 of the whole.
        const [least, most] = [
          value * 1e-32 ** (1 / shape) * 1e-4,
          value + 60 + 12 * Math.sqrt(shape),
        ]
        const below = integral(density, least, value)
        const above = integral(density, value, most)
        // An error of a part in a billion in the value is this much of p.
        const tolerance = (value * density(value) * 1e-9) / (below + above) + 1e-12
        expect(Math.abs(below / (below + above) - p)).toBeLessThan(tolerance)
      }),
      { numRuns: 100 },
    )
  })

  test('for a lognormal', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.05, max: 2, noNaN: true }), share, (sigma, p) => {
        const squaredCv = Math.expm1(sigma * sigma)
        const mean = Math.exp((sigma * sigma) / 2)
        const density = (x: number): number =>
          Math.exp(-0.5 * (Math.log(x) / sigma) ** 2) / (x * sigma * Math.sqrt(2 * Math.PI))
        const value = lognormal({ mean, squaredCv }).quantile(p)
        const below = integral(density, Math.exp(-10 * sigma), value)
        expect(Math.abs(below - p)).toBeLessThan(value * density(value) * 1e-9 + 1e-12)
      }),
      { numRuns: 100 },
    )
  })
})
