import seedrandom from 'seedrandom'
import { exp } from './exp.js'
import { EXPONENTIAL, EXPONENTIAL_TAIL, NORMAL, NORMAL_TAIL } from './ziggurat.js'

const WARM_UP_STEPS = 15

/** Everything that a {@link RandomStream} knows: four 32-bit integers. */
export type RandomStreamState = readonly [a: number, b: number, c: number, counter: number]

const { edges: exponentialEdges, heights: exponentialHeights } = EXPONENTIAL
const { edges: normalEdges, heights: normalHeights } = NORMAL

/**
 * A stream of random numbers: the generator sfc32 (Chris Doty-Humphrey's small fast counting
 * generator, 128 bits of state), seeded through `seedrandom.alea`.
 */
export class RandomStream {
  private a: number
  private b: number
  private c: number
  private counter = 1
  /** What {@link drawTwo} drew. */
  private first = 0
  private second = 0

  /** @param seed the whole seed text; `simulation.stream(name)` passes `seed/name` */
  constructor(seed: string) {
    const derive = seedrandom.alea(seed)
    this.a = derive.int32()
    this.b = derive.int32()
    this.c = derive.int32()
    for (let step = 0; step < WARM_UP_STEPS; step += 1) this.uint32()
  }

  /** The next 32 bits as an integer in [0, 2^32). */
  uint32(): number {
    const sum = (this.a + this.b + this.counter) | 0
    this.counter = (this.counter + 1) | 0
    this.a = this.b ^ (this.b >>> 9)
    this.b = (this.c + (this.c << 3)) | 0
    this.c = (((this.c << 21) | (this.c >>> 11)) + sum) | 0
    return sum >>> 0
  }

  /** A number in [0, 1) with 53 random bits. */
  float(): number {
    this.drawTwo()
    return ((this.first >>> 5) * 67_108_864 + (this.second >>> 6)) * 1.1102230246251565e-16
  }

  /** An integer in [0, n), n at most 2^32. Each value's probability is exact within n / 2^32. */
  below(n: number): number {
    return Math.floor(this.uint32() * 2.3283064365386963e-10 * n)
  }

  /** An exponentially distributed number with this mean. */
  exponential(mean: number): number {
    this.drawTwo()
    const bits = this.first
    const layer = bits & 255
    // The layer takes 8 bits, the place in it the other 24 and 29 of the next number.
    const place = ((bits >>> 8) * 536_870_912 + (this.second >>> 3)) * 1.1102230246251565e-16
    const x = place * (exponentialEdges[layer] as number)
    if (x < (exponentialEdges[layer + 1] as number)) return x * mean
    return this.exponentialBeyond(layer, x) * mean
  }

  /** A normally distributed number with mean 0 and standard deviation 1. */
  normal(): number {
    this.drawTwo()
    const bits = this.first
    const layer = bits & 255
    // The layer takes 8 bits, the sign one, the place in it the other 23 and 30 of the next number.
    const place = ((bits >>> 9) * 1_073_741_824 + (this.second >>> 2)) * 1.1102230246251565e-16
    const x = place * (normalEdges[layer] as number)
    if (x < (normalEdges[layer + 1] as number)) return (bits & 256) === 0 ? -x : x
    return this.normalBeyond(layer, x, (bits & 256) === 0 ? -1 : 1)
  }

  /**
   * A lognormally distributed number: half of them are below `median`, and `sigma`, 0 or more, is the
   * standard deviation of their logarithm. The mean is median · exp(sigma² / 2).
   */
  lognormal(median: number, sigma: number): number {
    return median * exp(sigma * this.normal())
  }

  /** The state, to be given to {@link restore} of this or another stream. */
  save(): RandomStreamState {
    return [this.a, this.b, this.c, this.counter]
  }

  /** Continues where the stream was whose state this is. */
  restore([a, b, c, counter]: RandomStreamState): void {
    this.a = a | 0
    this.b = b | 0
    this.c = c | 0
    this.counter = counter | 0
  }

  /**
   * Draws two numbers of 32 bits, as {@link uint32} twice would. In one method, since every other
   * draw needs two, and V8 inlines only so much into a model's functions.
   */
  private drawTwo(): void {
    const { b, c, counter } = this
    const first = (this.a + b + counter) | 0
    const nextB = (c + (c << 3)) | 0
    const nextC = (((c << 21) | (c >>> 11)) + first) | 0
    const second = ((b ^ (b >>> 9)) + nextB + counter + 1) | 0
    this.a = nextB ^ (nextB >>> 9)
    this.b = (nextC + (nextC << 3)) | 0
    this.c = (((nextC << 21) | (nextC >>> 11)) + second) | 0
    this.counter = (counter + 2) | 0
    this.first = first
    this.second = second
  }

  /** Where a point at `x` in a layer may lie above the density. */
  private exponentialBeyond(layer: number, x: number): number {
    // The tail of an exponential density is an exponential density again.
    if (layer === 0) return EXPONENTIAL_TAIL + this.exponential(1)
    const low = exponentialHeights[layer] as number
    const high = exponentialHeights[layer + 1] as number
    if (low + this.float() * (high - low) < Math.exp(-x)) return x
    return this.exponential(1)
  }

  private normalBeyond(layer: number, x: number, sign: number): number {
    if (layer === 0) return sign * this.normalTail()
    const low = normalHeights[layer] as number
    const high = normalHeights[layer + 1] as number
    if (low + this.float() * (high - low) < Math.exp(-0.5 * x * x)) return sign * x
    return this.normal()
  }

  /** Beyond the last layer: Marsaglia's method of 1964 with two exponential numbers. */
  private normalTail(): number {
    for (;;) {
      const x = -Math.log(1 - this.float()) / NORMAL_TAIL
      const y = -Math.log(1 - this.float())
      if (y + y >= x * x) return NORMAL_TAIL + x
    }
  }
}
