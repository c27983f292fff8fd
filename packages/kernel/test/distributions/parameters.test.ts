import { describe, expect, test } from 'vitest'
import {
  CeladonError,
  constant,
  type Distribution,
  empirical,
  erlang,
  exponential,
  gamma,
  hyperexponential,
  type LognormalOptions,
  lognormal,
  mixture,
  pareto,
  piecewiseUniform,
  RandomStream,
  Sampler,
  triangular,
  uniform,
  weibull,
} from '../../src/index.js'

const ODD: readonly number[] = [0, -1, Number.NaN, Number.POSITIVE_INFINITY]

const positiveParameters: readonly (readonly [string, (value: number) => unknown])[] = [
  ['constant value', (value) => constant(value)],
  ['exponential mean', (mean) => exponential({ mean })],
  ['lognormal median', (median) => lognormal({ median, p95: 9 })],
  ['lognormal squaredCv', (squaredCv) => lognormal({ mean: 1, squaredCv })],
  ['weibull shape', (shape) => weibull({ shape, scale: 1 })],
  ['weibull scale', (scale) => weibull({ shape: 1, scale })],
  ['gamma shape', (shape) => gamma({ shape, scale: 1 })],
  ['gamma scale', (scale) => gamma({ shape: 1, scale })],
  ['erlang mean', (mean) => erlang({ phases: 2, mean })],
  ['pareto shape', (shape) => pareto({ shape, min: 1 })],
  ['pareto min', (min) => pareto({ shape: 1, min })],
  ['hyperexponential mean', (mean) => hyperexponential({ mean, squaredCv: 2 })],
  ['hyperexponential phase mean', (mean) => hyperexponential({ phases: [{ weight: 1, mean }] })],
  [
    'hyperexponential weight 1 of 1',
    (weight) => hyperexponential({ phases: [{ weight, mean: 1 }] }),
  ],
  ['mixture weight 1 of 1', (weight) => mixture([{ weight, distribution: constant(1) }])],
]

describe.each(positiveParameters)('the %s', (what, make) => {
  test.each(ODD)('must not be %d', (value) => {
    expect(() => make(value)).toThrow(
      new CeladonError(
        'KERNEL_ARGUMENT_INVALID',
        `Distribution: ${what} must be a number above 0, but was ${value}.`,
      ),
    )
  })
})

const own: Distribution = { name: 'mine', mean: 1, variance: 0, quantile: () => 1 }
const bins = { edges: [0, 1, 2], counts: [1, 1] }

const cases: readonly (readonly [string, () => unknown])[] = [
  ['uniform needs 0 <= min < max, but got min 3 and max 3', () => uniform({ min: 3, max: 3 })],
  [
    'triangular needs 0 <= min <= mode <= max and min < max, but got min 1, mode 5 and max 4',
    () => triangular({ min: 1, mode: 5, max: 4 }),
  ],
  [
    'lognormal needs p95 > median, but got p95 2 and median 3',
    () => lognormal({ median: 3, p95: 2 }),
  ],
  [
    'lognormal needs mean > median, but got mean 3 and median 3',
    () => lognormal({ mean: 3, median: 3 }),
  ],
  [
    'lognormal needs median and p95, mean and median, or mean and squaredCv, but got p95 and mean',
    () => lognormal({ p95: 3, mean: 2 } as unknown as LognormalOptions),
  ],
  [
    'lognormal needs median and p95, mean and median, or mean and squaredCv, but got median and p95 and mean',
    () => lognormal({ median: 1, p95: 3, mean: 2 }),
  ],
  [
    'erlang phases must be a whole number, 1 or more, but was 1.5',
    () => erlang({ phases: 1.5, mean: 1 }),
  ],
  [
    'hyperexponential squaredCv must be a number, 1 or more, but was 0.9',
    () => hyperexponential({ mean: 1, squaredCv: 0.9 }),
  ],
  ['hyperexponential needs at least one part', () => hyperexponential({ phases: [] })],
  ['mixture needs at least one part', () => mixture([])],
  [
    'mixture needs parts that have a cdf, but mine has none',
    () => mixture([{ weight: 1, distribution: own }]),
  ],
  ['empirical needs at least one sample', () => empirical([])],
  [
    'empirical needs finite samples, 0 or more, but sample 2 of 3 is -1',
    () => empirical([1, -1, 2]),
  ],
  [
    'piecewiseUniform needs counts and one edge more, but got 2 counts and 2 edges',
    () => piecewiseUniform({ ...bins, edges: [0, 1] }),
  ],
  [
    'piecewiseUniform needs finite edges that rise from 0 or more, but edge 3 of 3 is 1',
    () => piecewiseUniform({ ...bins, edges: [0, 1, 1] }),
  ],
  [
    'piecewiseUniform needs finite edges that rise from 0 or more, but edge 1 of 3 is -1',
    () => piecewiseUniform({ ...bins, edges: [-1, 1, 2] }),
  ],
  [
    'piecewiseUniform needs counts of 0 or more, but count 2 of 2 is NaN',
    () => piecewiseUniform({ ...bins, counts: [1, Number.NaN] }),
  ],
  [
    'piecewiseUniform needs a count above 0, but all are 0',
    () => piecewiseUniform({ ...bins, counts: [0, 0] }),
  ],
]

test.each(cases)('%s', (message, make) => {
  expect(make).toThrow(new CeladonError('KERNEL_ARGUMENT_INVALID', `Distribution: ${message}.`))
})

test('a sampler names the distribution whose quantile is no quantity', () => {
  const broken = { ...own, quantile: (p: number): number => (p < 0.5 ? 1 : -1) }
  expect(() => new Sampler(broken, new RandomStream('x'))).toThrow(
    /needs quantiles of 0 or more, but mine has -1 at 0\.\d+/,
  )
})
