export { calendarTime, isoSecond } from './calendar.js'
export { CeladonError } from './errors.js'
export { Fifo } from './fifo.js'
// arrivals
export { RateProfile } from './arrivals/rate-profile.js'
// distributions
export {
  constant,
  exponential,
  lognormal,
  uniform,
  weibull,
} from './distributions/distribution.js'
export { normalQuantile } from './distributions/normal.js'
export { Sampler } from './distributions/sampler.js'
// processes
// random
export { RandomStream } from './random/random-stream.js'
// recursion
// simulation
export { createSimulation, Simulation } from './simulation/simulation.js'
export { Timeout } from './simulation/timeout.js'
// statistics
export { Histogram } from './statistics/histogram.js'
export { TimeWeighted } from './statistics/time-weighted.js'

export type { CalendarTime } from './calendar.js'
export type { KernelErrorCode } from './errors.js'
// arrivals
export type { RatePoint } from './arrivals/rate-profile.js'
// distributions
export type { Distribution } from './distributions/distribution.js'
// processes
// random
export type { RandomStreamState } from './random/random-stream.js'
// recursion
// simulation
export type { Handler } from './simulation/event-queue.js'
export type { SimulationOptions } from './simulation/simulation.js'
// statistics
