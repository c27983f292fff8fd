import type { Generation } from '@celadon/contracts'
import { type Distribution, uniform } from '@celadon/kernel'
import { manifoldError } from './errors.js'
import type { NeighbourSettings } from './hosts/neighbours.js'
import type { MetricsFormat } from './life/runtime-metrics.js'

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
  /** `overlap`: the daily restart starts the new life at SIGTERM; `stop-first`: when the old one ended. */
  readonly cycling: 'overlap' | 'stop-first'
  /** Pauses before the 2nd, 3rd, … restart after crashes in a row; the last one repeats. */
  readonly crashPausesMs: readonly number[]
  /** Single web dynos of these sizes sleep; `'all'`: of every size. */
  readonly sleepingSizes: readonly string[] | 'all'
  /** Time without requests after which they do. */
  readonly sleepAfterMs: number
  /** True when dynos of other types and of these sizes sleep and wake together with web. */
  readonly workersSleep: boolean
  /** Hours for which all dynos of these sizes together may run in 30 days. `Infinity`: no limit. */
  readonly poolHours: number
  /**
   * Time between two looks at a dyno, which write its runtime metrics and find R14 and R15.
   * `Infinity` switches all of these off.
   */
  readonly metricsMs: number
  readonly metricsFormat: MetricsFormat
  /** Speed at which a dyno computes while its memory is over the quota; 1: as always. A guess. */
  readonly swapSpeed: number
  /** Folders in which a dyno can write files; `'all'`: everywhere. */
  readonly writableFolders: readonly string[] | 'all'
  /** Hosts over which dynos of shared sizes are spread. `Infinity`: each has one of its own. */
  readonly sharedHosts: number
  /** Mean time until a host fails, distributed exponentially. `Infinity`: never. */
  readonly hostMtbfMs: number
  /** Other customers' dynos on shared hosts; null: they leave every dyno its size's `cores`. */
  readonly neighbours: NeighbourSettings | null
}

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/**
 * Sources: Heroku Dev Center, "Dynos and the Dyno Manager" (2014), "Limits" (2024), "Automatic Dyno
 * Restarts" (2025), "Eco Dyno Hours"; Heroku changelog 344 for the crash pauses. The provisioning
 * time spans what public application logs show, 1.5 to 12 s; that it is uniform is a guess, and so is
 * the speed of a dyno that swaps.
 */
const TODAY: ManifoldSettings = {
  provisionMs: uniform({ min: 1.5 * SECOND, max: 12 * SECOND }),
  bootTimeoutMs: 60 * SECOND,
  graceMs: 30 * SECOND,
  cycleMs: 24 * HOUR,
  cycleJitterMs: 216 * MINUTE,
  cycling: 'overlap',
  crashPausesMs: [10, 20, 40, 80, 160, 320, 640, 1280, 1440].map((minutes) => minutes * MINUTE),
  sleepingSizes: ['eco'],
  sleepAfterMs: 30 * MINUTE,
  workersSleep: true,
  poolHours: 1000,
  metricsMs: 20 * SECOND,
  metricsFormat: 'sample',
  swapSpeed: 0.5,
  writableFolders: 'all',
  sharedHosts: Number.POSITIVE_INFINITY,
  hostMtbfMs: Number.POSITIVE_INFINITY,
  neighbours: null,
}

const CEDAR: ManifoldSettings = {
  ...TODAY,
  graceMs: 10 * SECOND,
  cycling: 'stop-first',
  crashPausesMs: [10 * MINUTE],
  sleepingSizes: 'all',
  sleepAfterMs: HOUR,
  workersSleep: false,
  poolHours: Number.POSITIVE_INFINITY,
  metricsFormat: 'measure',
}

/** The settings of each generation. */
export const MANIFOLD_SETTINGS: Readonly<Record<Generation, ManifoldSettings>> = {
  'bamboo-2010': { ...CEDAR, metricsFormat: 'none', writableFolders: ['tmp', 'log'] },
  'cedar-2012': CEDAR,
  'common-runtime-2019': { ...TODAY, sleepingSizes: ['free'] },
  'router-2.0': TODAY,
}

/** Settings that count milliseconds and may be 0. */
const TIMES = ['bootTimeoutMs', 'graceMs', 'cycleMs', 'cycleJitterMs', 'sleepAfterMs'] as const
/** Settings that must be above 0. */
const POSITIVE = ['metricsMs', 'swapSpeed', 'sharedHosts', 'hostMtbfMs', 'poolHours'] as const

/**
 * The settings of a generation with these departures.
 *
 * @throws `MANIFOLD_OPTION_INVALID` when one is negative, not a number, or 0 where it must not be
 */
export function resolveSettings(
  generation: Generation,
  departures: Partial<ManifoldSettings> = {},
): ManifoldSettings {
  const settings = { ...MANIFOLD_SETTINGS[generation], ...departures }
  for (const name of TIMES) {
    requireSetting(name, settings[name], settings[name] >= 0, '0 or more milliseconds')
  }
  for (const name of POSITIVE) {
    requireSetting(name, settings[name], settings[name] > 0, 'a number above 0')
  }
  requireSetting('swapSpeed', settings.swapSpeed, settings.swapSpeed <= 1, 'at most 1')
  const coresLeft = settings.neighbours?.coresLeft ?? 0
  requireSetting('neighbours.coresLeft', coresLeft, coresLeft >= 0, '0 or more')
  return settings
}

function requireSetting(name: string, value: number, holds: boolean, accepted: string): void {
  if (holds) return
  throw manifoldError(
    'MANIFOLD_OPTION_INVALID',
    `settings.${name} must be ${accepted}, but was ${value}.`,
  )
}
