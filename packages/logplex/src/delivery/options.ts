import type { Generation, Scheduler } from '@celadon/contracts'
import type { LogClock } from '../channel/options.js'
import { schedulerOf } from '../channel/scheduler-of.js'
import { argumentInvalid, requireInOrder } from '../errors.js'

/** Time that a POST to logplex may take. Source: log-shuttle's source. */
export const POST_TIMEOUT_MS = 5000

const DEFAULT_ROUND_TRIP_MS = 10

/**
 * What a dyno gets for a POST while logplex is not well:
 *
 * - `none`: no answer, until log-shuttle gives up after 5 s.
 * - `closed`: the connection is closed without one.
 * - `error`: a status of 400 or above. log-shuttle takes it for an answer, so the lines are gone and
 *   nobody is told.
 */
export type OutageAnswer = 'none' | 'closed' | 'error'

/** A time in which logplex takes no lines from dynos, in milliseconds of virtual time. */
export interface LogplexOutage {
  readonly fromMs: number
  readonly toMs: number
  /** Default `none`. */
  readonly answer?: OutageAnswer
}

/** How lines get from the dynos to logplex. */
export interface DeliveryOptions {
  /** Time of a POST and its answer, 0 to less than 5000 ms. Default 10, a guess. */
  readonly roundTripMs?: number
  /** Times in which logplex takes no lines, in order and apart from each other. Default: none. */
  readonly outages?: readonly LogplexOutage[]
  /**
   * Lines of this app that logplex works through in a second; 2000 wait, others are gone and nobody
   * is told. How fast logplex is, is not known. Default: no limit.
   */
  readonly linesPerSecond?: number
}

/** The options with their defaults, and the simulation as what runs the timers. */
export interface ResolvedDelivery {
  readonly scheduler: Scheduler
  readonly roundTripMs: number
  readonly outages: readonly LogplexOutage[]
  readonly linesPerSecond: number
}

/** Checks the options and fills in the defaults. */
export function resolveDelivery(
  options: DeliveryOptions,
  simulation: LogClock,
  generation: Generation,
): ResolvedDelivery {
  const { roundTripMs = DEFAULT_ROUND_TRIP_MS, outages = [] } = options
  const { linesPerSecond = Number.POSITIVE_INFINITY } = options
  if (generation === 'bamboo-2010' || generation === 'cedar-2012') {
    throw argumentInvalid(
      `delivery models log-shuttle, which came in 2013, so generation must be common-runtime-2019 or router-2.0, but was ${generation}`,
    )
  }
  const scheduler = schedulerOf(simulation, 'delivery')
  if (!(roundTripMs >= 0 && roundTripMs < POST_TIMEOUT_MS)) {
    throw argumentInvalid(
      `roundTripMs must be a number from 0 to less than ${POST_TIMEOUT_MS}, but was ${roundTripMs}`,
    )
  }
  if (!(linesPerSecond > 0)) {
    throw argumentInvalid(`linesPerSecond must be a number above 0, but was ${linesPerSecond}`)
  }
  requireOutages(outages)
  return { scheduler, roundTripMs, outages, linesPerSecond }
}

function requireOutages(outages: readonly LogplexOutage[]): void {
  requireInOrder('outages', outages)
  for (const { answer = 'none' } of outages) {
    if (answer !== 'none' && answer !== 'closed' && answer !== 'error') {
      throw argumentInvalid(`answer of an outage must be none, closed or error, but was ${answer}`)
    }
  }
}
