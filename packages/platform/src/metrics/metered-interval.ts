import { Histogram } from '@celadon/kernel'
import { round } from '../latency.js'
import { DynoUsage } from './dyno-usage.js'

/** Status classes by the first digit of the status. */
const CLASSES = 6

/** What happened in one interval. Intervals of parts add up to the interval of the whole. */
export class MeteredInterval {
  /** Durations of the requests as the router's `service=` has them, in milliseconds. */
  readonly service: Histogram = new Histogram()
  /** Answers by the first digit of their status. */
  readonly answers: Float64Array = new Float64Array(CLASSES)
  /** Errors by code. */
  readonly errors: Map<string, number> = new Map()
  /** By process type. */
  readonly processes: Map<string, DynoUsage> = new Map()

  countError(code: string, count: number): void {
    this.errors.set(code, (this.errors.get(code) ?? 0) + count)
  }

  /** @param quotaMb of one dyno */
  usageOf(process: string, quotaMb: number): DynoUsage {
    let usage = this.processes.get(process)
    if (usage === undefined) {
      usage = new DynoUsage(quotaMb)
      this.processes.set(process, usage)
    }
    return usage
  }

  merge(other: MeteredInterval): void {
    this.service.merge(other.service)
    for (let index = 0; index < CLASSES; index += 1) {
      this.answers[index] = (this.answers[index] as number) + (other.answers[index] as number)
    }
    for (const [code, count] of other.errors) this.countError(code, count)
    for (const [process, usage] of other.processes) {
      this.usageOf(process, usage.quotaMb).merge(usage)
    }
  }

  reset(): void {
    this.service.reset()
    this.answers.fill(0)
    this.errors.clear()
    this.processes.clear()
  }

  get isEmpty(): boolean {
    return this.errors.size === 0 && this.processes.size === 0 && this.answers.every((n) => n === 0)
  }

  /** What the views need of it, without the histogram. */
  summary(): IntervalSummary {
    const { service } = this
    const quantile = (p: number): number | null =>
      service.count === 0 ? null : round(service.quantile(p))
    return {
      p50: quantile(0.5),
      p95: quantile(0.95),
      p99: quantile(0.99),
      max: service.count === 0 ? null : round(service.max),
      answers: this.answers.slice(),
      errors: new Map(this.errors),
      processes: new Map(this.processes),
    }
  }
}

/** An interval that is over. */
export interface IntervalSummary {
  /** `service=` of its requests in milliseconds; null without requests. */
  readonly p50: number | null
  readonly p95: number | null
  readonly p99: number | null
  readonly max: number | null
  /** Answers by the first digit of their status. */
  readonly answers: Float64Array
  readonly errors: ReadonlyMap<string, number>
  readonly processes: ReadonlyMap<string, DynoUsage>
}
