import { kernelError } from '../errors.js'

const BATCH = 5
/** The variance of the last few batches says nothing; they are never left alone. */
const BATCHES_LEFT_MIN = 5

/** Where a run has warmed up, see {@link mser5}. */
export interface WarmUp {
  /** Observations to drop from the start. */
  readonly drop: number
  /**
   * False when the best place to cut lies in the second half, or the run is shorter than 10 batches:
   * then the run is too short to tell, and a longer one is needed.
   */
  readonly conclusive: boolean
}

/**
 * Finds the warm-up of a run by MSER-5 (marginal standard error rule, on means of 5 observations):
 * it drops as many as give the mean of the rest the smallest standard error. A trailing part of a
 * batch is not looked at. White, An effective truncation heuristic for bias reduction in simulation
 * output (1997); White, Cobb and Spratt, A comparison of five steady-state truncation heuristics for
 * simulation (2000).
 *
 * @param values observations of one run in their order
 * @throws `KERNEL_ARGUMENT_INVALID` when one of them is not finite
 */
export function mser5(values: ArrayLike<number>): WarmUp {
  const batches = Math.floor(values.length / BATCH)
  let kept = 0
  let mean = 0
  let squares = 0
  let cut = 0
  let smallest = Number.POSITIVE_INFINITY
  for (let batch = batches - 1; batch >= 0; batch -= 1) {
    let sum = 0
    for (let index = 0; index < BATCH; index += 1) sum += values[batch * BATCH + index] as number
    const deviation = sum / BATCH - mean
    kept += 1
    mean += deviation / kept
    squares += deviation * (sum / BATCH - mean)
    const error = squares / (kept * kept)
    if (kept >= BATCHES_LEFT_MIN && error <= smallest) {
      smallest = error
      cut = batch
    }
  }
  if (!Number.isFinite(mean)) {
    throw kernelError(
      'KERNEL_ARGUMENT_INVALID',
      `mser5 needs finite values, but their mean is ${mean}.`,
    )
  }
  const conclusive = batches >= 2 * BATCHES_LEFT_MIN && cut <= batches / 2
  return { drop: cut * BATCH, conclusive }
}
