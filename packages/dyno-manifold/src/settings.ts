import type { Generation } from '@celadon/contracts'
import type { Distribution } from '@celadon/kernel'
import { CeladonError, uniform } from '@celadon/kernel'
import type { DynoManifoldErrorCode } from './errors.js'

/** How the platform treats dynos. Each generation is a preset; any setting can be overridden. */
export interface ManifoldSettings {
  /** From the order to start a dyno to the start of its command: slug download, unpacking, container. */
  readonly provisionMs: Distribution
  /** Time that a web dyno has to bind its port after its command was started (R10). */
  readonly bootTimeoutMs: number
  /** Time between SIGTERM and SIGKILL (R12). */
  readonly graceMs: number
  /** A dyno is restarted this long after it came up, plus `cycleJitterMs` at most. */
  readonly cycleMs: number
  /** The share of it that is added is uniform and drawn for each life of a dyno. */
  readonly cycleJitterMs: number
  /** Pauses before the 2nd, 3rd, … restart after crashes in a row; the last one repeats. */
  readonly crashPausesMs: readonly number[]
  /** Single web dynos of these sizes sleep; `'all'`: of every size. */
  readonly sleepingSizes: readonly string[] | 'all'
  /** Time without requests after which they do. */
  readonly sleepAfterMs: number
  /**
   * Time between two looks at a dyno, which write its runtime metrics and find R14 and R15.
   * `Infinity` switches all of these off.
   */
  readonly metricsMs: number
}

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/**
 * Sources: Heroku Dev Center, "Dynos and the Dyno Manager" (2014), "Limits" (2024), "Automatic Dyno
 * Restarts" (2025), "Eco Dyno Hours"; Heroku changelog 344 for the crash pauses. The provisioning
 * time spans what public application logs show, 1.5 to 12 s; that it is uniform is a guess.
 */
const TODAY: ManifoldSettings = {
  provisionMs: uniform({ min: 1.5 * SECOND, max: 12 * SECOND }),
  bootTimeoutMs: 60 * SECOND,
  graceMs: 30 * SECOND,
  cycleMs: 24 * HOUR,
  cycleJitterMs: 216 * MINUTE,
  crashPausesMs: [10, 20, 40, 80, 160, 320, 640, 1280, 1440].map((minutes) => minutes * MINUTE),
  sleepingSizes: ['eco'],
  sleepAfterMs: 30 * MINUTE,
  metricsMs: 20 * SECOND,
}

const EARLY: ManifoldSettings = {
  ...TODAY,
  graceMs: 10 * SECOND,
  crashPausesMs: [10 * MINUTE],
  sleepingSizes: 'all',
  sleepAfterMs: HOUR,
}

/** The settings of each generation. */
export const MANIFOLD_SETTINGS: Readonly<Record<Generation, ManifoldSettings>> = {
  'bamboo-2010': EARLY,
  'cedar-2012': EARLY,
  'common-runtime-2019': TODAY,
  'router-2.0': TODAY,
}

/**
 * The settings of a generation with these departures.
 *
 * @throws `MANIFOLD_OPTION_INVALID` when a time is negative, not a number, or 0 where time must pass
 */
export function resolveSettings(
  generation: Generation,
  departures: Partial<ManifoldSettings> = {},
): ManifoldSettings {
  const settings = { ...MANIFOLD_SETTINGS[generation], ...departures }
  const { bootTimeoutMs, graceMs, cycleMs, cycleJitterMs, sleepAfterMs, metricsMs } = settings
  const times = { bootTimeoutMs, graceMs, cycleMs, cycleJitterMs, sleepAfterMs, metricsMs }
  for (const [name, ms] of Object.entries(times)) {
    if (ms > 0 || (ms === 0 && name !== 'metricsMs')) continue
    throw new CeladonError<DynoManifoldErrorCode>(
      'MANIFOLD_OPTION_INVALID',
      `settings.${name} must be a number of milliseconds${name === 'metricsMs' ? ' above 0' : ', 0 or more'}, but was ${ms}.`,
    )
  }
  return settings
}

/** A crash later than this after the start does not count as one in a row. */
export const EARLY_CRASH_MS: number = 10 * MINUTE

/** Pause before a dyno is started again after its k-th early crash in a row; none after the first. */
export function crashPauseMs(settings: ManifoldSettings, crashesInRow: number): number {
  if (crashesInRow <= 1) return 0
  const pauses = settings.crashPausesMs
  return pauses[Math.min(crashesInRow - 2, pauses.length - 1)] ?? 0
}
