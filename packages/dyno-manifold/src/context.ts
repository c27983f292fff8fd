import type { AddOn, DynoSize, HttpRequest, LogSource } from '@celadon/contracts'
import type { Simulation } from '@celadon/kernel'
import { manifoldError } from './errors.js'
import { HourPool } from './formation/hour-pool.js'
import type { ProcessType } from './formation/process-type.js'
import { Fleet } from './hosts/fleet.js'
import { FileHistory } from './life/files.js'
import type { DynoSample } from './life/runtime-metrics.js'
import { WORDINGS, type Wording } from './life/wording.js'
import type { DynoEvent, DynoManifoldOptions } from './options.js'
import { type ManifoldSettings, resolveSettings } from './settings.js'

/** What all dynos of a manifold share. */
export class ManifoldContext {
  readonly simulation: Simulation
  readonly settings: ManifoldSettings
  readonly wording: Wording
  /** Number of the app, as runtime metrics print it. */
  readonly appId: number
  readonly fleet: Fleet
  readonly fileHistory: FileHistory = new FileHistory()
  /** By name, in the order in which they were defined. */
  readonly types: Map<string, ProcessType> = new Map()
  private readonly hours: HourPool

  constructor(private readonly options: DynoManifoldOptions) {
    const { simulation, generation = 'router-2.0' } = options
    this.simulation = simulation
    this.settings = resolveSettings(generation, options.settings)
    this.wording = WORDINGS[generation]
    this.appId = 1_000_000 + simulation.stream('manifold/app').below(100_000_000)
    this.fleet = new Fleet(simulation, this.settings)
    this.hours = new HourPool(simulation, this.settings.poolHours, this)
  }

  log(source: LogSource, process: string, text: string): void {
    this.options.log?.write(source, process, text)
  }

  requestFinished(request: HttpRequest, dyno: string): void {
    this.options.log?.writeRequest('app', dyno, request)
    this.options.onRequestFinished?.(request)
  }

  /** @throws `MANIFOLD_ADD_ON_UNKNOWN` when it is not attached */
  addOn(name: string): AddOn {
    const { addOns } = this.options
    const addOn = addOns?.get(name)
    if (addOn !== undefined) return addOn
    const known = [...(addOns?.keys() ?? [])].join(', ') || 'none'
    throw manifoldError(
      'MANIFOLD_ADD_ON_UNKNOWN',
      `A unit of work calls the add-on ${name}, which is not attached. Attached: ${known}.`,
    )
  }

  event(event: DynoEvent): void {
    this.options.onEvent?.(event)
  }

  sampled(sample: DynoSample): void {
    this.options.onSample?.(sample)
  }

  /** True for sizes whose dynos sleep, and use the pool of hours. */
  sleeps({ name }: DynoSize): boolean {
    const { sleepingSizes } = this.settings
    return sleepingSizes === 'all' || sleepingSizes.includes(name)
  }

  /** True when dynos of this size may not run until hours are left again. */
  exhausted(size: DynoSize): boolean {
    return this.hours.exhausted && this.sleeps(size)
  }

  /** A dyno of this size begins to use hours. */
  started(size: DynoSize): void {
    if (this.sleeps(size)) this.hours.count(1)
  }

  /** A dyno of this size uses no more hours. */
  ended(size: DynoSize): void {
    if (this.sleeps(size)) this.hours.count(-1)
  }

  hoursExhausted(): void {
    for (const type of this.types.values()) if (this.sleeps(type.size)) type.sleep()
  }

  hoursRenewed(): void {
    this.wake()
  }

  /** The web dyno sleeps, and dynos of other types with it where that is the rule. */
  sleepWithWeb(): void {
    if (!this.settings.workersSleep) return
    for (const type of this.types.values()) {
      if (!type.web && this.sleeps(type.size)) type.sleep()
    }
  }

  wake(): void {
    for (const type of this.types.values()) type.wakePlaces()
  }
}
