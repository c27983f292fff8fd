import type {
  AddOn,
  DynoSize,
  Generation,
  HttpRequest,
  LogSink,
  Program,
  RCode,
} from '@celadon/contracts'
import type { Distribution, Simulation } from '@celadon/kernel'
import type { DynoSample } from './life/runtime-metrics.js'
import type { ManifoldSettings } from './settings.js'

/** What a manifold needs and what it tells. */
export interface DynoManifoldOptions {
  readonly simulation: Simulation
  /** Where state lines, metrics and the programs' output go. Default: nowhere. */
  readonly log?: LogSink
  /** Preset of the settings, and the wording of log lines. Default `router-2.0`. */
  readonly generation?: Generation
  /** Departures from the preset. */
  readonly settings?: Partial<ManifoldSettings>
  /** Add-ons by the name that steps of work call them by. Default: none. */
  readonly addOns?: ReadonlyMap<string, AddOn>
  /** Called when a process is through with a request, for its client or for nobody. */
  readonly onRequestFinished?: (request: HttpRequest) => void
  /** Called when something happens to a dyno. */
  readonly onEvent?: (event: DynoEvent) => void
  /** Called every 20 seconds for each dyno that runs, when its runtime metrics are taken. */
  readonly onSample?: (sample: DynoSample) => void
}

/** Size, command and program of a process type. */
export interface ProcessTypeOptions {
  readonly size: DynoSize
  readonly command: string
  readonly program: Program
  /**
   * Time from the moment at which a program serves until it breaks down with exit status 1, drawn for
   * each life of a dyno. Default null: programs do not break down by themselves.
   */
  readonly crashEveryMs?: Distribution | null
}

/** Something that happened to a dyno, for whoever watches the manifold. */
export type DynoEvent =
  /** It came up, crashed, or moves because its host has failed. */
  | { readonly type: 'up' | 'crashed' | 'relocated'; readonly dyno: string }
  | { readonly type: 'fault'; readonly dyno: string; readonly code: RCode }
  /** A file was read that only another life or another dyno wrote; told once for each path. */
  | { readonly type: 'file-lost'; readonly dyno: string; readonly path: string }

/**
 * How dynos are restarted. `at-once`: all together, as a release does. `preboot`: the new web dynos boot
 * beside the old ones, which serve until the switch; other types restart at once. `rolling`: at most a
 * quarter of the dynos of each type at a time.
 */
export type RestartStrategy = 'at-once' | 'preboot' | 'rolling'
