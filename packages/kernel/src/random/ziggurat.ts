/**
 * The ziggurat of Marsaglia and Tsang (2000): 256 layers of equal area cover a falling density, and
 * the base layer includes the tail. A point in a random layer lies under the density without further
 * checks in about 99 of 100 cases.
 */
export interface Ziggurat {
  /** Right edge of each layer, from the base upwards; one more entry for the top, which is 0. */
  readonly edges: Float64Array
  /** The density at each edge. */
  readonly heights: Float64Array
}

const LAYERS = 256

/** Where the tail of the exponential density begins, for 256 layers. */
export const EXPONENTIAL_TAIL = 7.69711747013105
const EXPONENTIAL_AREA = 0.003949659822581557

/** Where the tail of the normal density exp(-x²/2) begins, for 256 layers. */
export const NORMAL_TAIL = 3.6541528853610088
const NORMAL_AREA = 0.00492867323399

function ziggurat(
  tail: number,
  area: number,
  density: (x: number) => number,
  inverse: (height: number) => number,
): Ziggurat {
  const edges = new Float64Array(LAYERS + 1)
  edges[0] = area / density(tail)
  edges[1] = tail
  for (let layer = 2; layer < LAYERS; layer += 1) {
    const below = edges[layer - 1] as number
    edges[layer] = inverse(area / below + density(below))
  }
  return { edges, heights: edges.map(density) }
}

export const EXPONENTIAL: Ziggurat = ziggurat(
  EXPONENTIAL_TAIL,
  EXPONENTIAL_AREA,
  (x) => Math.exp(-x),
  (height) => -Math.log(height),
)

export const NORMAL: Ziggurat = ziggurat(
  NORMAL_TAIL,
  NORMAL_AREA,
  (x) => Math.exp(-0.5 * x * x),
  (height) => Math.sqrt(-2 * Math.log(height)),
)
