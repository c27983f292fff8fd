import type { DynoSample } from '@celadon/dyno-manifold'

/** A quantity of the dynos: mean and maximum over their samples. */
export class SampledQuantity {
  private samples = 0
  private sum = 0
  private highest: number = Number.NEGATIVE_INFINITY

  record(value: number): void {
    this.samples += 1
    this.sum += value
    if (value > this.highest) this.highest = value
  }

  merge(other: SampledQuantity): void {
    this.samples += other.samples
    this.sum += other.sum
    this.highest = Math.max(this.highest, other.highest)
  }

  /** Null without a sample. */
  get mean(): number | null {
    return this.samples === 0 ? null : this.sum / this.samples
  }

  /** Null without a sample. */
  get max(): number | null {
    return this.samples === 0 ? null : this.highest
  }
}

/** What the dynos of a process type used in an interval; memory in MB. */
export class DynoUsage {
  readonly load: SampledQuantity = new SampledQuantity()
  readonly total: SampledQuantity = new SampledQuantity()
  readonly rss: SampledQuantity = new SampledQuantity()
  readonly swap: SampledQuantity = new SampledQuantity()

  constructor(readonly quotaMb: number) {}

  record({ load1m, totalMb, rssMb, swapMb }: DynoSample): void {
    this.load.record(load1m)
    this.total.record(totalMb)
    this.rss.record(rssMb)
    this.swap.record(swapMb)
  }

  merge(other: DynoUsage): void {
    this.load.merge(other.load)
    this.total.merge(other.total)
    this.rss.merge(other.rss)
    this.swap.merge(other.swap)
  }
}
