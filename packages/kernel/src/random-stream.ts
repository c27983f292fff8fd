import seedrandom from 'seedrandom'

const WARM_UP_STEPS = 15

/**
 * A stream of random numbers: the generator sfc32 (Chris Doty-Humphrey's small fast counting
 * generator, 128 bits of state), seeded through `seedrandom.alea`.
 */
export class RandomStream {
  private a: number
  private b: number
  private c: number
  private counter = 1

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
    const high = this.uint32() >>> 5
    const low = this.uint32() >>> 6
    return (high * 67_108_864 + low) * 1.1102230246251565e-16
  }

  /** An integer in [0, n), n at most 2^32. Each value's probability is exact within n / 2^32. */
  below(n: number): number {
    return Math.floor(this.uint32() * 2.3283064365386963e-10 * n)
  }

  /** An exponentially distributed number with this mean. */
  exponential(mean: number): number {
    return -Math.log(1 - this.float()) * mean
  }
}
