// Exponential and normal draws against their distributions: in the body, in cells narrower than the
// layers of the ziggurat; in the tail beyond its last layer; and by their moments.
import { describe, expect, test } from 'vitest'
import { normalQuantile, RandomStream } from '../../src/index.js'
import { chiSquaredExcess } from '../goodness-of-fit.js'

const DRAWS = 24_000_000
const CELLS = 1000
const TAIL_CELLS = 20
/** Two-sided quantile of the normal distribution for 99.99 %. */
const Z = 3.8906

const EXPONENTIAL_END = 7.69711747013105
const NORMAL_END = 3.6541528853610088

const families = [
  {
    name: 'exponential',
    draw: (stream: RandomStream): number => stream.exponential(1),
    quantile: (p: number): number => -Math.log1p(-p),
    /** Expectations of the powers 1 to 8. */
    moments: [1, 2, 6, 24, 120, 720, 5040, 40_320],
    /** Where the last layer ends, the share of the draws on one side beyond, and how far on average. */
    end: EXPONENTIAL_END,
    beyond: Math.exp(-EXPONENTIAL_END),
    excess: 1,
  },
  {
    name: 'normal',
    draw: (stream: RandomStream): number => stream.normal(),
    quantile: normalQuantile,
    moments: [0, 1, 0, 3, 0, 15, 0, 105],
    end: NORMAL_END,
    beyond: upperTail(NORMAL_END),
    excess: normalDensity(NORMAL_END) / upperTail(NORMAL_END) - NORMAL_END,
  },
]

function normalDensity(x: number): number {
  return Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)
}

/** Upper tail of the standard normal distribution by Simpson's rule. */
function upperTail(z: number): number {
  const steps = 2000
  const width = 5 / steps
  let sum = 0
  for (let step = 0; step <= steps; step += 1) {
    const x = z + step * width
    sum += normalDensity(x) * (step === 0 || step === steps ? 1 : step % 2 === 1 ? 4 : 2)
  }
  return (sum * width) / 3
}

function cellOf(value: number, bounds: Float64Array): number {
  let low = 0
  let high = bounds.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((bounds[middle] as number) < value) low = middle + 1
    else high = middle
  }
  return low
}

/** Everything that the tests below ask, in one pass over the draws. */
function observe({ name, draw, quantile, end, beyond }: (typeof families)[number]) {
  const stream = new RandomStream(`ziggurat/${name}`)
  const bounds = Float64Array.from({ length: CELLS - 1 }, (_, i) => quantile((i + 1) / CELLS))
  const tailBounds = Float64Array.from({ length: TAIL_CELLS - 1 }, (_, i) =>
    quantile(1 - beyond * (1 - (i + 1) / TAIL_CELLS)),
  )
  const cells = new Float64Array(CELLS)
  const tailCells = new Float64Array(TAIL_CELLS)
  const powers = new Float64Array(4)
  let excess = 0
  let neighbours = 0
  let previous = 0
  for (let count = 0; count < DRAWS; count += 1) {
    const value = draw(stream)
    const cell = cellOf(value, bounds)
    cells[cell] = (cells[cell] as number) + 1
    let power = 1
    for (let order = 0; order < 4; order += 1) {
      power *= value
      powers[order] = (powers[order] as number) + power
    }
    const size = Math.abs(value)
    if (size > end) {
      const tailCell = cellOf(size, tailBounds)
      tailCells[tailCell] = (tailCells[tailCell] as number) + 1
      excess += size - end
    }
    neighbours += previous * value
    previous = value
  }
  return { cells: [...cells], tailCells: [...tailCells], powers, excess, neighbours }
}

describe.each(families)('$name draws', (family) => {
  const { cells, tailCells, powers, excess, neighbours } = observe(family)
  const { moments, beyond } = family
  const [mean, square] = [moments[0] as number, moments[1] as number]
  const inTail = tailCells.reduce((sum, count) => sum + count, 0)

  test('fall into equally probable cells equally often', () => {
    const expected = cells.map(() => DRAWS / CELLS)
    expect(Math.abs(chiSquaredExcess(cells, expected))).toBeLessThan(4)
  })

  test('have the moments of the distribution', () => {
    for (const [index, sum] of powers.entries()) {
      const expected = moments[index] as number
      const variance = (moments[2 * index + 1] as number) - expected ** 2
      expect(Math.abs(sum / DRAWS - expected)).toBeLessThan(Z * Math.sqrt(variance / DRAWS))
    }
  })

  test('reach beyond the last layer as often as they should', () => {
    const sides = family.name === 'normal' ? 2 : 1
    const expected = DRAWS * beyond * sides
    expect(Math.abs(inTail - expected)).toBeLessThan(Z * Math.sqrt(expected))
  })

  test('reach beyond the last layer as far as they should', () => {
    const expected = tailCells.map(() => inTail / TAIL_CELLS)
    expect(Math.abs(chiSquaredExcess(tailCells, expected))).toBeLessThan(4)
    // Both tails fall at least as fast as an exponential one, whose deviation is its mean.
    const tolerance = (Z * family.excess) / Math.sqrt(inTail)
    expect(Math.abs(excess / inTail - family.excess)).toBeLessThan(tolerance)
  })

  test('follow each other without memory', () => {
    // Products of neighbours have the expectation mean²; two that share a factor are correlated.
    const variance = square * square + 2 * mean * mean * square - 3 * mean ** 4
    const tolerance = Z * Math.sqrt(variance / DRAWS)
    expect(Math.abs(neighbours / DRAWS - mean * mean)).toBeLessThan(tolerance)
  })
})

test('an exponential draw scales with its mean', () => {
  const [a, b] = [new RandomStream('scale'), new RandomStream('scale')]
  for (let draw = 0; draw < 1000; draw += 1) {
    expect(a.exponential(250)).toBeCloseTo(250 * b.exponential(1), 9)
  }
})
