import { seededStream } from './streams.js'

/** What W2 is about. Times are in seconds, as in C, so that both round alike. */
export const DYNOS = 75
export const DEADLINE = 30
const ARRIVAL_RATE = 150
const DEMAND_MEDIAN = 0.046
const DEMAND_SIGMA = Math.sqrt(2 * Math.log(306 / 46))

/** Requests of W2: Poisson arrivals for some hours, lognormal demands, random routing. */
export class Traffic {
  constructor(hours) {
    this.until = hours * 3600
    this.arrivals = seededStream(1, 2, 3, 4)
    this.demands = seededStream(5, 6, 7, 8)
    this.routing = seededStream(9, 10, 11, 12)
  }

  /** Seconds until the next request, `Infinity` when the last one has come. */
  gap(now) {
    const gap = this.arrivals.exponential(1) / ARRIVAL_RATE
    return now + gap < this.until ? gap : Number.POSITIVE_INFINITY
  }

  /** Seconds of service: median 46 ms, mean 306 ms. */
  demand() {
    return this.demands.lognormal(DEMAND_MEDIAN, DEMAND_SIGMA)
  }

  /** Number of the dyno that gets the request. */
  dyno() {
    return this.routing.below(DYNOS)
  }
}

/** What every program of W2 reports; `late` is the number of requests that took too long. */
export function result(waits, late) {
  const { count, mean } = waits
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => waits.quantile(share))
  return { operations: count, statistics: { requests: count, mean, p50, p95, p99, late } }
}
