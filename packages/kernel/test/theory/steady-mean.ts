import { expect } from 'vitest'
import { BatchMeans, covers, type Interval } from '../../src/index.js'

/** A correct model misses with one interval in a thousand; seeds are fixed, so it does not flake. */
const CONFIDENCE = 0.999
/** Observations before the steady state; a caller with a slow system gives more. */
const WARM_UP = 20_000

/** The mean of observations of one run in the steady state. */
export class SteadyMean {
  private readonly batches = new BatchMeans()
  private toDrop: number

  /** @param warmUp observations that are dropped at first */
  constructor(warmUp: number = WARM_UP) {
    this.toDrop = warmUp
  }

  record(value: number): void {
    if (this.toDrop > 0) this.toDrop -= 1
    else this.batches.record(value)
  }

  /** Records 1 or 0, so that the mean is a probability. */
  recordIf(holds: boolean): void {
    this.record(holds ? 1 : 0)
  }

  interval(): Interval {
    return this.batches.interval(CONFIDENCE)
  }
}

/** Theory lies in the interval, and the interval is at most this share of it wide to either side. */
export function expectMean(observed: SteadyMean, theory: number, precision: number): void {
  const interval = observed.interval()
  expect(interval.halfWidth / theory, describeMiss(interval, theory)).toBeLessThan(precision)
  expect(covers(interval, theory), describeMiss(interval, theory)).toBe(true)
}

/** A wrong model, or a wrong formula, is told from this value. */
export function expectOther(observed: SteadyMean, theory: number): void {
  const interval = observed.interval()
  expect(Number.isFinite(interval.halfWidth)).toBe(true)
  expect(covers(interval, theory), describeMiss(interval, theory)).toBe(false)
}

function describeMiss({ estimate, halfWidth }: Interval, theory: number): string {
  return `${estimate} ± ${halfWidth}, and theory says ${theory}`
}
