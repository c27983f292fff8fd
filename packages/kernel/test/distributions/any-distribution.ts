import fc from 'fast-check'
import {
  constant,
  type Distribution,
  empirical,
  erlang,
  exponential,
  gamma,
  hyperexponential,
  lognormal,
  mixture,
  pareto,
  piecewiseUniform,
  triangular,
  uniform,
  weibull,
} from '../../src/index.js'

type Families = Readonly<Record<string, fc.Arbitrary<Distribution>>>

const between = (min: number, max: number): fc.Arbitrary<number> =>
  fc.double({ min, max, noNaN: true })

const positive: fc.Arbitrary<number> = between(0.01, 1000)

/** Families whose quantile is smooth. Shapes keep the tail beyond 1 - 1e-15 out of the moments. */
export const SMOOTH: Families = {
  exponential: positive.map((mean) => exponential({ mean })),
  uniform: fc.tuple(positive, positive).map(([min, width]) => uniform({ min, max: min + width })),
  triangular: fc
    .tuple(positive, positive, positive)
    .map(([min, left, right]) => triangular({ min, mode: min + left, max: min + left + right })),
  'lognormal by median and p95': fc
    .tuple(positive, between(1.05, 12))
    .map(([median, factor]) => lognormal({ median, p95: median * factor })),
  'lognormal by mean and median': fc
    .tuple(positive, between(1.01, 3))
    .map(([median, factor]) => lognormal({ mean: median * factor, median })),
  'lognormal by mean and squaredCv': fc
    .tuple(positive, between(0.001, 8))
    .map(([mean, squaredCv]) => lognormal({ mean, squaredCv })),
  weibull: fc.tuple(between(0.4, 5), positive).map(([shape, scale]) => weibull({ shape, scale })),
  gamma: fc.tuple(between(0.1, 200), positive).map(([shape, scale]) => gamma({ shape, scale })),
  erlang: fc
    .tuple(fc.integer({ min: 1, max: 50 }), positive)
    .map(([phases, mean]) => erlang({ phases, mean })),
  pareto: fc.tuple(between(4, 9), positive).map(([shape, min]) => pareto({ shape, min })),
  hyperexponential: fc
    .tuple(positive, between(1, 60))
    .map(([mean, squaredCv]) => hyperexponential({ mean, squaredCv })),
  'hyperexponential by phases': fc
    .array(fc.record({ weight: positive, mean: between(1, 50) }), { minLength: 1, maxLength: 4 })
    .map((phases) => hyperexponential({ phases })),
  'mixture of a gamma and a lognormal': fc
    .tuple(between(0.1, 10), between(0.5, 5), between(1.2, 4), positive)
    .map(([weight, shape, factor, scale]) =>
      mixture([
        { weight, distribution: gamma({ shape, scale }) },
        { weight: 1, distribution: lognormal({ median: 3 * scale, p95: 3 * scale * factor }) },
      ]),
    ),
}

const wholeNumbers = fc.array(fc.nat(30), { minLength: 1, maxLength: 40 })

/** Families whose quantile may jump. */
export const STEPPED: Families = {
  constant: positive.map(constant),
  'empirical with ties': wholeNumbers.map(empirical),
  'piecewise uniform with gaps': fc
    .array(fc.tuple(between(0.1, 10), fc.nat(3)), { minLength: 1, maxLength: 12 })
    .filter((bins) => bins.some(([, count]) => count > 0))
    .map((bins) => {
      const edges = [1]
      for (const [width] of bins) edges.push((edges.at(-1) ?? 0) + width)
      return piecewiseUniform({ edges, counts: bins.map(([, count]) => count) })
    }),
  'mixture with atoms': fc
    .tuple(between(0.1, 10), positive, wholeNumbers, positive)
    .map(([weight, value, samples, mean]) =>
      mixture([
        { weight, distribution: constant(value) },
        { weight: 1, distribution: empirical(samples) },
        { weight: 2, distribution: exponential({ mean }) },
      ]),
    ),
}
