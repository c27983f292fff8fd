export { calendarTime, daysSince1970, isoSecond } from './calendar.js'
export { CeladonError } from './errors.js'
export { Fifo } from './fifo.js'
// arrivals
export { MarkovModulatedPoisson } from './arrivals/markov-modulated-poisson.js'
export { RateProfile } from './arrivals/rate-profile.js'
export { ThinnedPoisson } from './arrivals/thinned-poisson.js'
export { TraceReplay } from './arrivals/trace-replay.js'
// distributions
export { constant } from './distributions/constant.js'
export { squaredCv } from './distributions/distribution.js'
export { empirical, piecewiseUniform } from './distributions/empirical.js'
export { exponential } from './distributions/exponential.js'
export { erlang, gamma } from './distributions/gamma.js'
export { hyperexponential } from './distributions/hyperexponential.js'
export { lognormal } from './distributions/lognormal.js'
export { mixture } from './distributions/mixture.js'
export { pareto } from './distributions/pareto.js'
export { Sampler } from './distributions/sampler.js'
export { triangular } from './distributions/triangular.js'
export { uniform } from './distributions/uniform.js'
export { weibull } from './distributions/weibull.js'
// processes
export { Interruption } from './processes/interruption.js'
export { Process, startProcess } from './processes/process.js'
export { ProcessorSharing } from './processes/processor-sharing.js'
export { Resource } from './processes/resource.js'
export { Signal } from './processes/signal.js'
export { Waitable } from './processes/waitable.js'
// random
export { RandomStream } from './random/random-stream.js'
// recursion
export { FifoStation } from './recursion/fifo-station.js'
export { WaitingLine } from './recursion/waiting-line.js'
// simulation
export { createSimulation, Simulation } from './simulation/simulation.js'
export { Source } from './simulation/source.js'
export { Timeout } from './simulation/timeout.js'
// special functions
export { normalQuantile } from './special-functions/normal.js'
// statistics
export { BatchMeans } from './statistics/batch-means.js'
export { BatchQuantiles } from './statistics/batch-quantiles.js'
export { FadingAverage } from './statistics/fading-average.js'
export { Histogram } from './statistics/histogram.js'
export { covers } from './statistics/interval.js'
export { meanInterval } from './statistics/mean-interval.js'
export { Moments } from './statistics/moments.js'
export { quantileInterval } from './statistics/quantile-interval.js'
export { studentQuantile } from './statistics/student.js'
export { TimeWeighted } from './statistics/time-weighted.js'
export { mser5 } from './statistics/warm-up.js'

export type { CalendarTime } from './calendar.js'
export type { KernelErrorCode } from './errors.js'
// arrivals
export type { ArrivalProcess } from './arrivals/arrival-process.js'
export type {
  MarkovModulatedPoissonOptions,
  TrafficState,
} from './arrivals/markov-modulated-poisson.js'
export type { RatePoint } from './arrivals/rate-profile.js'
export type { ThinnedPoissonOptions } from './arrivals/thinned-poisson.js'
export type { TraceReplayOptions } from './arrivals/trace-replay.js'
// distributions
export type { Distribution } from './distributions/distribution.js'
export type {
  HyperexponentialOptions,
  HyperexponentialPhase,
} from './distributions/hyperexponential.js'
export type { LognormalOptions } from './distributions/lognormal.js'
export type { MixturePart } from './distributions/mixture.js'
// processes
export type { ProcessGenerator } from './processes/process.js'
export type { Computation, ProcessorSharingOptions } from './processes/processor-sharing.js'
export type { AcquireOptions, Request, RequestOptions } from './processes/request.js'
export type { Discipline, ResourceOptions } from './processes/resource.js'
// random
export type { RandomStreamState } from './random/random-stream.js'
// recursion
export type { FifoStationOptions } from './recursion/fifo-station.js'
// simulation
export type { Handler } from './simulation/event-slots.js'
export type {
  EventKind,
  InspectedCancellation,
  InspectedEvent,
  InspectionEvent,
  Inspector,
} from './simulation/inspection.js'
export type { RunEnd, RunLimits } from './simulation/run.js'
export type { SimulationOptions } from './simulation/simulation.js'
export type { Snapshot } from './simulation/snapshot.js'
// statistics
export type { Interval } from './statistics/interval.js'
export type { WarmUp } from './statistics/warm-up.js'
