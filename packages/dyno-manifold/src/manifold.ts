import type { AddOn, DynoPool, Generation, HttpRequest, LogSink } from '@celadon/contracts'
import { CeladonError, type Simulation } from '@celadon/kernel'
import type { DynoManifoldErrorCode } from './errors.js'
import {
  type DynoEvent,
  type ManifoldShared,
  ProcessType,
  type ProcessTypeOptions,
} from './process-type.js'
import { type ManifoldSettings, resolveSettings } from './settings.js'

/** What a manifold needs and what it tells. */
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
      settings: resolveSettings(options.generation ?? 'router-2.0', options.settings),
      appId: 1_000_000 + simulation.stream('manifold/app').below(100_000_000),
      log: (source, process, text) => log?.write(source, process, text),
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

  /**
   * Tells what dynos of a process type are like. Type `web` is the one that binds a port.
   *
   * @throws `MANIFOLD_PROCESS_TYPE_DEFINED` when there is one of this name
   */
  define(name: string, options: ProcessTypeOptions): ProcessType {
    if (this.types.has(name)) {
      throw manifoldError(
        'MANIFOLD_PROCESS_TYPE_DEFINED',
        `The process type ${name} is defined already; its size, command and program stay as they are.`,
      )
    }
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

  /**
   * The dynos of a process type as a router sees them.
   *
   * @throws `MANIFOLD_PROCESS_TYPE_UNKNOWN`
   */
  pool(name: string): DynoPool {
    return this.processType(name)
  }

  /** What ran as one-off dynos so far: one entry per name and command. */
  get oneOffTypes(): readonly ProcessType[] {
    return [...this.oneOffs.values()]
  }

  /**
   * Starts a one-off dyno: it runs its program until that exits and is never restarted. Runs of the
   * same name and command share statistics; each has the program that it was given.
   *
   * @param name what starts it: `run`, `scheduler`, `release`. The dyno is called `scheduler.4711`.
   */
  runOneOff(name: string, options: ProcessTypeOptions): void {
    const key = `${name} ${options.command}`
    const type = this.oneOffs.get(key) ?? new ProcessType(name, options, this.shared)
    this.oneOffs.set(key, type)
    const number = 1000 + this.options.simulation.stream('manifold/one-off').below(9000)
    type.runOnce(`${name}.${number}`, options.program)
  }

  /**
   * Restarts all dynos, as a release does; or those of one process type.
   *
   * @throws `MANIFOLD_PROCESS_TYPE_UNKNOWN`
   */
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
