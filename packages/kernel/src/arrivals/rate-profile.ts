import { kernelError } from '../errors.js'
import type { RandomStream } from '../random/random-stream.js'
import type { ArrivalProcess } from './arrival-process.js'

/** A corner of a rate profile. */
export interface RatePoint {
  /** Virtual time in milliseconds. */
  readonly atMs: number
  /** Arrivals a second from here on; between two points the rate changes linearly. */
  readonly perSecond: number
}

/**
 * An arrival rate that changes over time, and the times of a Poisson process with that rate.
 *
 * Arrival times come from inverting the integral of the rate, so no draw is thrown away: one random
 * number an arrival, and two profiles with the same stream stay comparable.
 */
export class RateProfile implements ArrivalProcess {
  private readonly times: Float64Array
  /** Rates in arrivals a millisecond. */
  private readonly rates: Float64Array
  private segment = 0

  /**
   * @param points in order of time; the first rate holds before, the last one after them. Two points
   *   at one time make a step.
   * @throws `KERNEL_ARGUMENT_INVALID` when there is no point, a rate is negative, a time is not
   *   finite, or time runs back
   */
  constructor(points: readonly RatePoint[]) {
    if (points.length === 0) throw invalid('has no points')
    let previous = Number.NEGATIVE_INFINITY
    for (const { atMs, perSecond } of points) {
      if (!(perSecond >= 0 && perSecond < Number.POSITIVE_INFINITY)) {
        throw invalid(`has the rate ${perSecond} at ${atMs} ms; a rate is 0 or more`)
      }
      if (!Number.isFinite(atMs)) throw invalid(`has a point at ${atMs} ms; a time is finite`)
      if (atMs < previous) throw invalid(`goes back in time at ${atMs} ms`)
      previous = atMs
    }
    this.times = Float64Array.from(points, (point) => point.atMs)
    this.rates = Float64Array.from(points, (point) => point.perSecond / 1000)
  }

  /** Arrivals a second at a time. */
  rateAt(atMs: number): number {
    const { times, rates } = this
    const last = times.length - 1
    if (atMs < (times[0] as number)) return (rates[0] as number) * 1000
    if (atMs >= (times[last] as number)) return (rates[last] as number) * 1000
    let index = 0
    while ((times[index + 1] as number) <= atMs) index += 1
    return this.rateWithin(index, atMs) * 1000
  }

  /** Expected number of arrivals between two times. */
  expected(fromMs: number, toMs: number): number {
    const corners = [fromMs, ...[...this.times].filter((t) => t > fromMs && t < toMs), toMs]
    let sum = 0
    for (let index = 1; index < corners.length; index += 1) {
      const start = corners[index - 1] as number
      const end = corners[index] as number
      // The rate is linear between corners, so its value in the middle is its mean.
      sum += (this.rateAt((start + end) / 2) / 1000) * (end - start)
    }
    return sum
  }

  /**
   * The time of the first arrival after `nowMs`; `Infinity` when the rate stays 0. Ask in order of
   * time: the profile remembers where it was.
   */
  next(nowMs: number, stream: RandomStream): number {
    const { times, rates } = this
    const last = times.length - 1
    let remaining = stream.exponential(1)
    let now = nowMs
    while (this.segment <= last && (times[this.segment] as number) <= now) this.segment += 1
    for (;;) {
      const index = this.segment - 1
      const end = this.segment <= last ? (times[this.segment] as number) : Number.POSITIVE_INFINITY
      const rate = index < 0 ? (rates[0] as number) : this.rateWithin(index, now)
      const flat = index < 0 || index === last
      const slope = flat ? 0 : this.slopeOf(index)
      const step = timeToCollect(remaining, rate, slope)
      if (now + step <= end) return now + step
      if (end === Number.POSITIVE_INFINITY) return end
      const span = end - now
      remaining -= (rate + (slope * span) / 2) * span
      now = end
      // Rounding can use up in this segment what by the step above reaches into the next one.
      if (remaining <= 0) return now
      this.segment += 1
      while (this.segment <= last && (times[this.segment] as number) <= now) this.segment += 1
    }
  }

  private rateWithin(index: number, atMs: number): number {
    if (index >= this.times.length - 1) return this.rates[index] as number
    return (
      (this.rates[index] as number) + this.slopeOf(index) * (atMs - (this.times[index] as number))
    )
  }

  private slopeOf(index: number): number {
    const span = (this.times[index + 1] as number) - (this.times[index] as number)
    return ((this.rates[index + 1] as number) - (this.rates[index] as number)) / span
  }
}

/** Time until a linear rate has collected an area: the root of slope/2 t² + rate t = area. */
function timeToCollect(area: number, rate: number, slope: number): number {
  const discriminant = rate * rate + 2 * slope * area
  if (discriminant < 0) return Number.POSITIVE_INFINITY
  const denominator = rate + Math.sqrt(discriminant)
  return denominator > 0 ? (2 * area) / denominator : Number.POSITIVE_INFINITY
}

function invalid(what: string): Error {
  return kernelError('KERNEL_ARGUMENT_INVALID', `A rate profile ${what}.`)
}
