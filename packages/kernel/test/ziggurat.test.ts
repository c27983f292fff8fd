// Exponential and normal draws against their distributions: in the body, in cells narrower than the
// layers of the ziggurat; in the tail beyond its last layer; and by their moments.
import { describe, expect, test } from 'vitest'
import { normalQuantile, RandomStream } from '../src/index.js'
import { chiSquaredExcess } from './statistics.js'

const DRAWS = 2_000_000
const CELLS = 1000
/** Two-sided quantile of the normal distribution for 99.99 %. */
const Z = 3.8906

const families = [
  {
    name: 'exponential',
    draw: (stream: RandomStream): number => stream.exponential(1),
    quantile: (p: number): number => -Math.log1p(-p),
    /** Expectations of the powers 1 to 8. */
    moments: [1, 2, 6, 24, 120, 720, 5040, 40_320],
    layersEnd: 7.69711747013105,
    /** Share of the draws above the last layer. */
    beyond: Math.exp(-7.69711747013105),
  },
  {
    name: 'normal',
    draw: (stream: RandomStream): number => stream.normal(),
    quantile: normalQuantile,
    moments: [0, 1, 0, 3, 0, 15, 0, 105],
    layersEnd: 3.6541528853610088,
    beyond: upperTail(3.6541528853610088),
  },
]

/** Upper tail of the standard normal distribution by Simpson's rule. */
function upperTail(z: number): number {
  const steps = 2000
  const width = 5 / steps
  let sum = 0
  for (let step = 0; step <= steps; step += 1) {
    const x = z + step * width
    sum += Math.exp((-x * x) / 2) * (step === 0 || step === steps ? 1 : step % 2 === 1 ? 4 : 2)
  }
  return (sum * width) / 3 / Math.sqrt(2 * Math.PI)
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

describe.each(families)('$name draws', ({ name, draw, quantile, moments, layersEnd, beyond }) => {
  const stream = new RandomStream(`ziggurat/${name}`)
  const draws = Float64Array.from({ length: DRAWS }, () => draw(stream))

  test('fall into equally probable cells equally often', () => {
    const bounds = Float64Array.from({ length: CELLS - 1 }, (_, cell) =>
      quantile((cell + 1) / CELLS),
    )
    const counts: number[] = new Array(CELLS).fill(0)
    for (const value of draws) {
      const cell = cellOf(value, bounds)
      counts[cell] = (counts[cell] ?? 0) + 1
    }
    const excess = chiSquaredExcess(
      counts,
      counts.map(() => DRAWS / CELLS),
    )
    expect(Math.abs(excess)).toBeLessThan(4)
  })

  test('have the moments of the distribution', () => {
    for (const order of [1, 2, 3, 4]) {
      const mean = draws.reduce((sum, value) => sum + value ** order, 0) / DRAWS
      const expected = moments[order - 1] as number
      const variance = (moments[2 * order - 1] as number) - expected ** 2
      expect(Math.abs(mean - expected)).toBeLessThan(Z * Math.sqrt(variance / DRAWS))
    }
  })

  test('reach beyond the last layer as often as they should, and as far', () => {
    const tail = draws.filter((value) => value > layersEnd)
    const expected = DRAWS * beyond
    expect(Math.abs(tail.length - expected)).toBeLessThan(Z * Math.sqrt(expected))
    const cells = 20
    const bounds = Float64Array.from({ length: cells - 1 }, (_, cell) =>
      quantile(1 - beyond * (1 - (cell + 1) / cells)),
    )
    const counts: number[] = new Array(cells).fill(0)
    for (const value of tail) {
      const cell = cellOf(value, bounds)
      counts[cell] = (counts[cell] ?? 0) + 1
    }
    const excess = chiSquaredExcess(
      counts,
      counts.map(() => tail.length / cells),
    )
    expect(Math.abs(excess)).toBeLessThan(4)
  })

  test('follow each other without memory', () => {
    const mean = moments[0] as number
    const variance = (moments[1] as number) - mean * mean
    let products = 0
    for (let index = 1; index < DRAWS; index += 1) {
      products += ((draws[index - 1] as number) - mean) * ((draws[index] as number) - mean)
    }
    expect(Math.abs(products / variance / Math.sqrt(DRAWS))).toBeLessThan(Z)
  })
})

test('an exponential draw scales with its mean', () => {
  const [a, b] = [new RandomStream('scale'), new RandomStream('scale')]
  for (let draw = 0; draw < 1000; draw += 1) {
    expect(a.exponential(250)).toBeCloseTo(250 * b.exponential(1), 9)
  }
})
