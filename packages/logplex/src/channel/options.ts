import { GENERATIONS, type Generation } from '@celadon/contracts'
import {
  type DeliveryOptions,
  type ResolvedDelivery,
  resolveDelivery,
} from '../delivery/options.js'
import { argumentInvalid, requireWhole } from '../errors.js'

/** Most lines that a ring may be made to keep. Our limit, for memory. */
export const RING_LINES_MAX = 1_000_000

/** A host name has 253 characters at most. Source: RFC 1035. */
const HOST = /^[A-Za-z0-9.-]{1,253}(:\d{1,5})?$/

/** What a logplex is made from. */
export interface LogplexOptions {
  /** The clock that stamps the lines. `@celadon/kernel`'s `Simulation` is one. */
  readonly simulation: LogClock
  /** Chooses the format of router lines and the resolution of timestamps. */
  readonly generation: Generation
  /** Host that the router prints, for example `shop-1a2b3c.herokuapp.com`. */
  readonly host: string
  /**
   * Request ids, client addresses, tokens and the random waits of drains derive from it. Default
   * `'1'`.
   */
  readonly seed?: string
  /**
   * Lines that are kept for {@link Logplex.recent}, 1 to 1,000,000. Default
   * {@link DEFAULT_RING_LINES}.
   */
  readonly ringLines?: number
  /**
   * Who writes a line per request: the router alone, or the app too, as a Rails app with lograge
   * does. Default `router+app`.
   */
  readonly requestLines?: RequestLines
  /**
   * How lines get from the dynos to logplex: in batches, which can be dropped (L12) or lost (L13).
   * Needs a simulation with timers, and a generation from 2013 on. Default: they are there at once.
   */
  readonly delivery?: DeliveryOptions
  /**
   * Lines that logplex takes in a minute; the first one beyond becomes a notice, the others are gone.
   * For `bamboo-2010`: the plans of the logging add-on had 500 and 10,000. Default: no limit.
   */
  readonly linesPerMinute?: number
}

/** The options with their defaults. */
export interface ResolvedOptions {
  readonly simulation: LogClock
  readonly generation: Generation
  readonly host: string
  readonly seed: string
  readonly ringLines: number
  readonly requestLines: RequestLines
  readonly delivery: ResolvedDelivery | null
  readonly linesPerMinute: number | null
}

/** Virtual time and its calendar start. */
export interface LogClock {
  /** Milliseconds since the start of the run. */
  readonly now: number
  /** Calendar time of the start, in milliseconds since 1970 (UTC). */
  readonly epochMs: number
}

/** Who writes a line per request. */
export type RequestLines = 'router' | 'router+app'

/** Lines that logplex keeps of an app. Source: Heroku Dev Center, "Logplex". */
export const DEFAULT_RING_LINES = 1500

/** Checks the options and fills in the defaults. */
export function resolveOptions(options: LogplexOptions): ResolvedOptions {
  const { simulation, generation, host, linesPerMinute = null } = options
  const { seed = '1', ringLines = DEFAULT_RING_LINES, requestLines = 'router+app' } = options
  if (!GENERATIONS.includes(generation)) {
    throw argumentInvalid(
      `generation must be one of ${GENERATIONS.join(', ')}, but was ${generation}`,
    )
  }
  if (!HOST.test(host)) {
    throw argumentInvalid(
      `host must be a host name such as shop-1a2b3c.herokuapp.com, but was ${JSON.stringify(host)}`,
    )
  }
  if (requestLines !== 'router' && requestLines !== 'router+app') {
    throw argumentInvalid(`requestLines must be router or router+app, but was ${requestLines}`)
  }
  requireWhole('ringLines', ringLines, 1, RING_LINES_MAX)
  if (linesPerMinute !== null) requireIntakeLimit(linesPerMinute, generation)
  const delivery =
    options.delivery === undefined
      ? null
      : resolveDelivery(options.delivery, simulation, generation)
  return { simulation, generation, host, seed, ringLines, requestLines, delivery, linesPerMinute }
}

function requireIntakeLimit(linesPerMinute: number, generation: Generation): void {
  requireWhole('linesPerMinute', linesPerMinute, 1, RING_LINES_MAX)
  if (generation === 'bamboo-2010') return
  throw argumentInvalid(
    `linesPerMinute is a limit of 2010, so generation must be bamboo-2010, but was ${generation}`,
  )
}
