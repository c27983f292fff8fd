import {
  type AddOn,
  type DynoPool,
  type Generation,
  type HttpRequest,
  type LogSink,
  R_CODES,
  type RCode,
} from '@celadon/contracts'
import { CeladonError, type Simulation } from '@celadon/kernel'
import type { Dyno } from './dyno.js'
import type { DynoManifoldErrorCode } from './errors.js'
import {
  type DynoEvent,
  type ManifoldShared,
  ProcessType,
  type ProcessTypeOptions,
} from './process-type.js'
import { MANIFOLD_SETTINGS, type ManifoldSettings } from './settings.js'

export interface DynoManifoldOptions {
  readonly simulation: Simulation
  /** Where state lines, metrics and the programs' output go. Default: nowhere. */
  readonly log?: LogSink
  /** Preset of the settings. Default `router-2.0`. */
  readonly generation?: Generation
  /** Departures from the preset. */
  readonly settings?: Partial<ManifoldSettings>
  /** Add-ons by the name that steps of work call them by. Default: none. */
  readonly addOns?: ReadonlyMap<string, AddOn>
  /** Called when a process is through with a request, for its client or for nobody. */
  readonly onRequestFinished?: (request: HttpRequest) => void
  /** Called when a dyno comes up, crashes or has a fault (R-code). */
  readonly onEvent?: (event: DynoEvent) => void
}

/**
 * Makes a dyno manifold without dynos; `scale` adds them.
 *
 * @example
 * const manifold = createDynoManifold({ simulation, log: logplex })
 * manifold.define('web', { size: DYNO_SIZES['standard-2x'], command: 'puma', program: puma() })
 * manifold.scale('web', 4)
 */
export function createDynoManifold(options: DynoManifoldOptions): DynoManifold {
  return new DynoManifold(options)
}

/** Runs an app's dynos: starts, stops, restarts and watches them. */
export class DynoManifold {
  private readonly types = new Map<string, ProcessType>()
  private readonly oneOffs = new Map<string, ProcessType>()
  private readonly shared: ManifoldShared

  /** Use {@link createDynoManifold}. */
  constructor(private readonly options: DynoManifoldOptions) {
    const { simulation, log, addOns } = options
    this.shared = {
      simulation,
      settings: { ...MANIFOLD_SETTINGS[options.generation ?? 'router-2.0'], ...options.settings },
      log: (source, process, text) => log?.write(source, process, text),
      fault: (dyno, code, graceMs) => this.fault(dyno, code, graceMs),
      requestFinished: (request, dyno) => {
        log?.writeRequest('app', dyno, request)
        options.onRequestFinished?.(request)
      },
      addOn: (name) => {
        const addOn = addOns?.get(name)
        if (addOn === undefined) throw unknownAddOn(name, [...(addOns?.keys() ?? [])])
        return addOn
      },
      event: (event) => options.onEvent?.(event),
    }
  }

  /** Process types in the order in which they were defined. */
  get processTypes(): readonly ProcessType[] {
    return [...this.types.values()]
  }

  /** Tells what dynos of a process type are like. Type `web` is the one that binds a port. */
  define(name: string, options: ProcessTypeOptions): ProcessType {
    const type = new ProcessType(name, options, this.shared)
    this.types.set(name, type)
    return type
  }

  /**
   * Sets the number of dynos of a process type. New ones boot; with `running` they have been up
   * since before the run and will be cycled at a random time of the coming day.
   *
   * @throws `MANIFOLD_PROCESS_TYPE_UNKNOWN`, `MANIFOLD_OPTION_INVALID`
   */
  scale(name: string, quantity: number, state: 'boot' | 'running' = 'boot'): void {
    if (!Number.isInteger(quantity) || quantity < 0) {
      throw manifoldError(
        'MANIFOLD_OPTION_INVALID',
        `The quantity of ${name} must be a whole number, 0 or more, but was ${quantity}.`,
      )
    }
    this.processType(name).scale(quantity, state)
  }

  /** The dynos of a process type as a router sees them. */
  pool(name: string): DynoPool {
    return this.processType(name)
  }

  /** What ran as one-off dynos so far: one entry per name and command. */
  get oneOffTypes(): readonly ProcessType[] {
    return [...this.oneOffs.values()]
  }

  /**
   * Starts a one-off dyno: it runs its program until that exits and is never restarted.
   *
   * @param name what starts it: `run`, `scheduler`, `release`. The dyno is called `scheduler.4711`.
   */
  runOneOff(name: string, options: ProcessTypeOptions): void {
    const key = `${name} ${options.command}`
    const type = this.oneOffs.get(key) ?? new ProcessType(name, options, this.shared)
    this.oneOffs.set(key, type)
    const number = 1000 + this.options.simulation.stream('manifold/one-off').below(9000)
    type.runOnce(`${name}.${number}`)
  }

  /** Restarts all dynos, as a release does; or those of one process type. */
  restart(name?: string): void {
    if (name !== undefined) this.processType(name).restart()
    else for (const type of this.types.values()) type.restart()
  }

  /** Kills a running dyno, as a crash of its program does. False when none of this name runs. */
  crash(dyno: string): boolean {
    return this.processTypes.some((type) => type.crash(dyno))
  }

  private processType(name: string): ProcessType {
    const type = this.types.get(name)
    if (type === undefined) {
      throw manifoldError(
        'MANIFOLD_PROCESS_TYPE_UNKNOWN',
        `There is no process type ${name}. Defined: ${[...this.types.keys()].join(', ') || 'none'}.`,
      )
    }
    return type
  }

  private fault(dyno: Dyno, code: RCode, graceMs: number): void {
    const text = code === 'R12' ? R_CODES.R12.replace('30', String(graceMs / 1000)) : R_CODES[code]
    this.shared.log('heroku', dyno.name, text)
    this.shared.event({ type: 'fault', dyno: dyno.name, code })
  }
}

function unknownAddOn(name: string, known: readonly string[]): Error {
  return manifoldError(
    'MANIFOLD_ADD_ON_UNKNOWN',
    `A unit of work calls the add-on ${name}, which is not attached. Attached: ${known.join(', ') || 'none'}.`,
  )
}

function manifoldError(code: DynoManifoldErrorCode, message: string): Error {
  return new CeladonError(code, message)
}
