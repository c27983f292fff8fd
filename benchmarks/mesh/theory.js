import { PUMA, SINGLE_THREADED } from './workloads.js'

/** Standard errors that a mean may be off: two in a million are. */
const ERRORS_MAX = 4.8

/**
 * The queue M/M/1, many of them: their mean wait, and the standard error of the mean of `requests`
 * waits that follow each other (Blomqvist, "The covariance function of the M/G/1 queuing system",
 * Skandinavisk Aktuarietidskrift, 1967).
 */
function singleThreadedWait(requests) {
  const { demandMs, dynos, ratePerSecond } = SINGLE_THREADED
  const load = (ratePerSecond * demandMs) / 1000 / dynos
  const variance = (load * (2 + 5 * load - 4 * load ** 2 + load ** 3)) / (1 - load) ** 4
  return {
    meanMs: (demandMs * load) / (1 - load),
    errorMs: demandMs * Math.sqrt(variance / requests),
  }
}

/**
 * The least that the mean response of a puma dyno can be: as if its two processes took from one line
 * of requests that want to compute (M/M/2) and threads were unlimited. Requests come to compute
 * first, so that they come at random; computing two at a time is all that the dyno can do.
 */
function pumaResponseLeastMs() {
  const { demandMs, dynos, ratePerSecond, steps } = PUMA
  const [computeMs, waitMs] = steps.map(({ share }) => share * demandMs)
  const load = (ratePerSecond * computeMs) / 1000 / dynos / 2
  return computeMs / (1 - load ** 2) + waitMs
}

/** Sentences about statistics of single-threaded dynos that theory contradicts. */
export function singleThreadedDoubts({ requests, waitMs }) {
  const { meanMs, errorMs } = singleThreadedWait(requests)
  if (Math.abs(waitMs - meanMs) <= ERRORS_MAX * errorMs) return []
  return [`the mean wait is ${waitMs} ms, not ${meanMs} ms (standard error ${errorMs} ms)`]
}

/** Sentences about statistics of puma dynos that theory contradicts. */
export function pumaDoubts({ responseMs }) {
  const leastMs = pumaResponseLeastMs()
  if (responseMs >= leastMs) return []
  return [`the mean response is ${responseMs} ms, less than the ${leastMs} ms that are possible`]
}
