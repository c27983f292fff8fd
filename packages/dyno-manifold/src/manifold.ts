import type { DynoPool } from '@celadon/contracts'
import { ManifoldContext } from './context.js'
import { manifoldError } from './errors.js'
import type { DynoGroup } from './formation/dyno-group.js'
import { OneOffs } from './formation/one-offs.js'
import { ProcessType } from './formation/process-type.js'
import type { Host } from './hosts/host.js'
import type { DynoManifoldOptions, ProcessTypeOptions, RestartStrategy } from './options.js'

/**
 * Makes a dyno manifold without dynos; `scale` adds them.
 *
 * @throws `MANIFOLD_OPTION_INVALID` when a setting is outside of what it accepts
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
  private readonly context: ManifoldContext
  private readonly oneOffs = new Map<string, OneOffs>()

  /** Use {@link createDynoManifold}. */
  constructor(options: DynoManifoldOptions) {
    this.context = new ManifoldContext(options)
  }

  /** Process types in the order in which they were defined. */
  get processTypes(): readonly ProcessType[] {
    return [...this.context.types.values()]
  }

  /** What ran as one-off dynos so far: one entry per name and command. */
  get oneOffTypes(): readonly DynoGroup[] {
    return [...this.oneOffs.values()]
  }

  /** The hosts on which dynos of the app run now. */
  get hosts(): readonly Host[] {
    return this.context.fleet.hosts
  }

  /**
   * Tells what dynos of a process type are like. Type `web` is the one that binds a port.
   *
   * @throws `MANIFOLD_PROCESS_TYPE_DEFINED` when there is one of this name
   */
  define(name: string, options: ProcessTypeOptions): ProcessType {
    const { types } = this.context
    if (types.has(name)) {
      throw manifoldError(
        'MANIFOLD_PROCESS_TYPE_DEFINED',
        `The process type ${name} is defined already; its size, command and program stay as they are.`,
      )
    }
    const type = new ProcessType(name, options, this.context)
    types.set(name, type)
    return type
  }

  /**
   * Sets the number of dynos of a process type. New ones boot; with `running` they have been up
   * since before the run and will be cycled at a random time of the coming day.
   *
   * @throws `MANIFOLD_PROCESS_TYPE_UNKNOWN`
   * @throws `MANIFOLD_OPTION_INVALID` when the quantity is not a whole number, 0 or more
   * @throws `MANIFOLD_QUANTITY_LIMIT` when it is more than the size's `quantityMax`
   */
  scale(name: string, quantity: number, state: 'boot' | 'running' = 'boot'): void {
    const type = this.processType(name)
    if (!Number.isInteger(quantity) || quantity < 0) {
      throw manifoldError(
        'MANIFOLD_OPTION_INVALID',
        `The quantity of ${name} must be a whole number, 0 or more, but was ${quantity}.`,
      )
    }
    const { size } = type
    if (quantity > size.quantityMax) {
      throw manifoldError(
        'MANIFOLD_QUANTITY_LIMIT',
        `${name} cannot have ${quantity} dynos of size ${size.name}: Heroku allows ${size.quantityMax} of a process type. Where support has raised the limit, give the size a larger quantityMax.`,
      )
    }
    type.scale(quantity, state)
  }

  /**
   * The dynos of a process type as a router sees them.
   *
   * @throws `MANIFOLD_PROCESS_TYPE_UNKNOWN`
   */
  pool(name: string): DynoPool {
    return this.processType(name)
  }

  /**
   * Starts a one-off dyno: it runs its program until that exits and is never restarted. Runs of the
   * same name and command share statistics; each has the program that it was given.
   *
   * @param name what starts it: `run`, `scheduler`, `release`. The dyno is called `scheduler.4711`.
   */
  runOneOff(name: string, options: ProcessTypeOptions): void {
    const key = `${name} ${options.command}`
    const group = this.oneOffs.get(key) ?? new OneOffs(name, options, this.context)
    this.oneOffs.set(key, group)
    const number = 1000 + this.context.simulation.stream('manifold/one-off').below(9000)
    group.run(`${name}.${number}`, options.program)
  }

  /**
   * Restarts all dynos, as a release does; or those of one process type. Dynos that sleep sleep on.
   *
   * @param name Default: all process types
   * @param strategy Default `at-once`
   * @throws `MANIFOLD_PROCESS_TYPE_UNKNOWN`
   */
  restart(name?: string, strategy: RestartStrategy = 'at-once'): void {
    if (name !== undefined) this.processType(name).restart(strategy)
    else for (const type of this.processTypes) type.restart(strategy)
  }

  /** Kills a running dyno, as a crash of its program does. False when none of this name runs. */
  crash(dyno: string): boolean {
    return this.processTypes.some((type) => type.crash(dyno))
  }

  /**
   * Makes a host fail: all dynos on it are gone at once, and those of the formation start again on
   * other hosts.
   *
   * @param name of the host, or of a dyno on it
   * @returns false when there is none
   */
  failHost(name: string): boolean {
    const host = this.hosts.find((candidate) => candidate.name === name || candidate.runs(name))
    host?.fail()
    return host !== undefined
  }

  private processType(name: string): ProcessType {
    const { types } = this.context
    const type = types.get(name)
    if (type === undefined) {
      throw manifoldError(
        'MANIFOLD_PROCESS_TYPE_UNKNOWN',
        `There is no process type ${name}. Defined: ${[...types.keys()].join(', ') || 'none'}.`,
      )
    }
    return type
  }
}
