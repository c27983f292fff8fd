import { kernelError } from '../errors.js'
import type { RandomStream } from '../random/random-stream.js'
import type { ArrivalProcess } from './arrival-process.js'

/** What a {@link ThinnedPoisson} is made of. */
export interface ThinnedPoissonOptions {
  /** Arrivals a second at a time. */
  readonly perSecond: (atMs: number) => number
  /** A bound that the rate never exceeds. The closer it is, the fewer draws are thrown away. */
  readonly perSecondMax: number
  /** No arrival comes later. Needed where the rate falls to 0 for good. Default `Infinity`. */
  readonly endMs?: number
}

/**
 * A Poisson process whose rate is any function of time, by thinning (Lewis and Shedler, Simulation
 * of nonhomogeneous Poisson processes by thinning, 1979): of the arrivals at the greatest rate, each
 * stays with the probability that the rate has beside it. For a rate that is made of straight lines,
 * `RateProfile` takes one draw an arrival.
 */
export class ThinnedPoisson implements ArrivalProcess {
  private readonly perSecond: (atMs: number) => number
  private readonly perSecondMax: number
  private readonly endMs: number

  /**
   * @throws `KERNEL_ARGUMENT_INVALID` when the bound is not a finite number above 0, or the end is
   *   not a number
   */
  constructor({
    perSecond,
    perSecondMax,
    endMs = Number.POSITIVE_INFINITY,
  }: ThinnedPoissonOptions) {
    if (!(perSecondMax > 0 && perSecondMax < Number.POSITIVE_INFINITY)) {
      throw invalid(`needs a perSecondMax above 0, but got ${perSecondMax}`)
    }
    if (Number.isNaN(endMs)) throw invalid('needs a number as endMs, but got NaN')
    this.perSecond = perSecond
    this.perSecondMax = perSecondMax
    this.endMs = endMs
  }

  /**
   * The time of the first arrival after `nowMs`; `Infinity` when it would be after the end.
   *
   * @throws `KERNEL_ARGUMENT_INVALID` when the rate is negative, not a number or above its bound
   */
  next(nowMs: number, stream: RandomStream): number {
    const { perSecondMax, endMs } = this
    const gapMs = 1000 / perSecondMax
    for (let atMs = nowMs + stream.exponential(gapMs); ; atMs += stream.exponential(gapMs)) {
      if (atMs > endMs) return Number.POSITIVE_INFINITY
      const rate = this.perSecond(atMs)
      if (!(rate >= 0 && rate <= perSecondMax)) {
        throw invalid(
          `needs rates from 0 to ${perSecondMax} a second, but got ${rate} at ${atMs} ms`,
        )
      }
      if (stream.float() * perSecondMax < rate) return atMs
    }
  }
}

function invalid(what: string): Error {
  return kernelError('KERNEL_ARGUMENT_INVALID', `A thinned Poisson process ${what}.`)
}
