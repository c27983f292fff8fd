import {
  type AddOn,
  type Backend,
  type DynoPool,
  type DynoSize,
  type HttpRequest,
  type LogSource,
  type PoolStatus,
  type Program,
  R_CODES,
  type RCode,
} from '@celadon/contracts'
import type { Simulation } from '@celadon/kernel'
import { Dyno, type DynoState } from './dyno.js'
import { FormationStatistics } from './formation-statistics.js'
import { IdleWatch } from './idle-watch.js'
import { crashPauseMs, EARLY_CRASH_MS, type ManifoldSettings } from './settings.js'

/** Something that happened to a dyno, for whoever watches the manifold. */
export interface DynoEvent {
  readonly type: 'up' | 'crashed' | 'fault'
  /** For example `web.3`. */
  readonly dyno: string
  /** Set for faults. */
  readonly code?: RCode
}

/** What all process types share. */
export interface ManifoldShared {
  readonly simulation: Simulation
  readonly settings: ManifoldSettings
  /** Number of the app, as runtime metrics print it. */
  readonly appId: number
  log(source: LogSource, process: string, text: string): void
  requestFinished(request: HttpRequest, dyno: string): void
  addOn(name: string): AddOn
  event(event: DynoEvent): void
}

/** Quantity, size and program of one process type. */
export interface ProcessTypeOptions {
  readonly size: DynoSize
  readonly command: string
  readonly program: Program
}

/** A place in the formation, for example `web.2`, and the life of the dyno that is in it now. */
interface Place {
  readonly name: string
  dyno: Dyno
  crashesInRow: number
}

/** All dynos of one process type, and the pool that a router sees of them. */
export class ProcessType implements DynoPool {
  readonly statistics: FormationStatistics
  /** True for the type whose dynos bind a port. */
  readonly web: boolean
  readonly size: DynoSize
  readonly command: string
  readonly program: Program
  backends: readonly Backend[] = []

  private readonly places: Place[] = []
  private readonly oneOffs = new Set<Dyno>()
  private readonly watchers = new Set<() => void>()
  private readonly idleWatch: IdleWatch

  constructor(
    readonly name: string,
    options: ProcessTypeOptions,
    /** @internal */
    readonly shared: ManifoldShared,
  ) {
    const { simulation, settings } = shared
    this.statistics = new FormationStatistics(simulation.now)
    this.web = name === 'web'
    this.size = options.size
    this.command = options.command
    this.program = options.program
    this.idleWatch = new IdleWatch(simulation, settings.sleepAfterMs, this)
  }

  get quantity(): number {
    return this.places.length
  }

  get status(): PoolStatus {
    if (this.places.length === 0) return 'none'
    if (this.backends.length > 0) return 'up'
    if (this.places.every(isAsleep)) return 'idle'
    return this.places.every(({ dyno }) => dyno.state === 'crashed') ? 'crashed' : 'starting'
  }

  /** The dynos in their places, running or not. */
  get dynos(): readonly Dyno[] {
    return this.places.map(({ dyno }) => dyno)
  }

  watch(listener: () => void): () => void {
    this.watchers.add(listener)
    return () => this.watchers.delete(listener)
  }

  /** Starts dynos, or stops those with the highest numbers. Wakes a dyno that sleeps. */
  scale(quantity: number, state: 'boot' | 'running' = 'boot'): void {
    while (this.places.length > quantity) this.removeLast()
    if (this.places.length < quantity) this.wake()
    while (this.places.length < quantity) this.add(state)
    this.statistics.quantity.set(quantity, this.shared.simulation.now)
    this.changed()
    if (this.maySleep) this.idleWatch.start()
  }

  /** Runs a program once, on a dyno of its own that is never restarted. */
  runOnce(name: string, program: Program): void {
    const dyno = new Dyno(name, this, program, 'one-off')
    this.oneOffs.add(dyno)
    this.statistics.quantity.add(1, this.shared.simulation.now)
    dyno.start('down')
  }

  /** Restarts every dyno at once, as a release without preboot does. A dyno that sleeps sleeps on. */
  restart(): void {
    for (const place of this.places) {
      if (isAsleep(place)) continue
      place.crashesInRow = 0
      place.dyno.say('Restarting')
      this.replace(place)
    }
  }

  /** Kills the program of the dyno of this name, as a crash does. False when none runs there. */
  crash(name: string): boolean {
    const dyno = this.places.find((place) => place.name === name)?.dyno
    if (dyno === undefined || dyno.ended || dyno.launchedAt < 0) return false
    dyno.kill()
    return true
  }

  wake(): void {
    for (const place of this.places) {
      if (!isAsleep(place)) continue
      place.dyno.say('Unidling')
      this.begin(place, 'down')
    }
  }

  /** No request has come for so long that a single web dyno goes to sleep. */
  idle(): void {
    const dyno = this.places[0]?.dyno
    if (!this.maySleep || dyno?.state !== 'up') return
    dyno.say('Idling')
    dyno.say('State changed from up to down')
    dyno.terminate()
  }

  /** A dyno has another state. */
  changed(): void {
    this.backends = this.dynos.filter((dyno) => dyno.state === 'up')
    for (const watcher of this.watchers) watcher()
  }

  cameUp(dyno: Dyno): void {
    this.shared.event({ type: 'up', dyno: dyno.name })
    if (this.maySleep) this.idleWatch.start()
    const { simulation, settings } = this.shared
    const stream = dyno.stream('cycle')
    const lifeMs = settings.cycleMs + stream.float() * settings.cycleJitterMs
    simulation.schedule(dyno.adopted ? stream.float() * lifeMs : lifeMs, cycle, dyno)
    this.changed()
  }

  /** @param from the state in which the dyno's program ended */
  exited(dyno: Dyno, from: DynoState): void {
    if (this.oneOffs.delete(dyno)) {
      dyno.say(`State changed from ${from === 'stopping' ? 'up' : from} to complete`)
      this.statistics.quantity.add(-1, this.shared.simulation.now)
      return
    }
    const place = this.placeOf(dyno)
    if (place === undefined || dyno.state !== 'crashed') return
    this.statistics.crashes += 1
    dyno.say(`State changed from ${from} to crashed`)
    this.shared.event({ type: 'crashed', dyno: dyno.name })
    const { simulation, settings } = this.shared
    const early = !dyno.adopted && simulation.now - dyno.launchedAt < EARLY_CRASH_MS
    place.crashesInRow = early ? place.crashesInRow + 1 : 0
    simulation.schedule(crashPauseMs(settings, place.crashesInRow), restartCrashed, dyno)
  }

  /** The pause after a crash is over. */
  restartCrashed(dyno: Dyno): void {
    const place = this.placeOf(dyno)
    if (place !== undefined) this.begin(place, 'crashed')
  }

  /** The daily restart. A one-off dyno has had its time and is only stopped. */
  cycle(dyno: Dyno): void {
    if (dyno.state !== 'up') return
    dyno.say('Cycling')
    const place = this.placeOf(dyno)
    if (place === undefined) dyno.terminate()
    else this.replace(place)
  }

  requestArrived(): void {
    this.idleWatch.requestArrived()
  }

  memoryMeasured(memoryMb: number): void {
    if (memoryMb > this.statistics.memoryMaxMb) this.statistics.memoryMaxMb = memoryMb
  }

  fault(dyno: Dyno, code: RCode): void {
    this.statistics.errors.set(code, (this.statistics.errors.get(code) ?? 0) + 1)
    dyno.say(faultText(code, this.shared.settings))
    this.shared.event({ type: 'fault', dyno: dyno.name, code })
  }

  private add(state: 'boot' | 'running'): void {
    const name = `${this.name}.${this.places.length + 1}`
    const place: Place = { name, dyno: this.newDyno(name), crashesInRow: 0 }
    this.places.push(place)
    if (state === 'boot') place.dyno.start('down')
    else place.dyno.adopt()
  }

  private removeLast(): void {
    const place = this.places.pop()
    if (place === undefined || isAsleep(place)) return
    place.dyno.say(`State changed from ${place.dyno.state} to down`)
    place.dyno.terminate()
  }

  /** Begins a new life in a place. */
  private begin(place: Place, from: DynoState): void {
    place.dyno = this.newDyno(place.name)
    place.dyno.start(from)
    this.changed()
  }

  /** Starts the new life of a dyno when the old one gets SIGTERM; it does not wait for its end. */
  private replace(place: Place): void {
    const old = place.dyno
    this.begin(place, old.state)
    old.terminate()
  }

  private newDyno(name: string): Dyno {
    return new Dyno(name, this, this.program, 'formation')
  }

  private placeOf(dyno: Dyno): Place | undefined {
    return this.places.find((place) => place.dyno === dyno)
  }

  private get maySleep(): boolean {
    const { sleepingSizes } = this.shared.settings
    const sizeSleeps = sleepingSizes === 'all' || sleepingSizes.includes(this.size.name)
    return this.web && this.places.length === 1 && sizeSleeps
  }
}

/** Only a sleeping dyno ends or has ended while it is in its place. */
function isAsleep({ dyno }: Place): boolean {
  return dyno.state === 'stopping' || dyno.state === 'down'
}

/** The text of a fault, with the time that these settings allow. */
function faultText(code: RCode, { bootTimeoutMs, graceMs }: ManifoldSettings): string {
  const allowedMs = code === 'R10' ? bootTimeoutMs : graceMs
  return R_CODES[code].replace(/\d+ seconds/, `${allowedMs / 1000} seconds`)
}

function restartCrashed(dyno: Dyno): void {
  dyno.type.restartCrashed(dyno)
}

function cycle(dyno: Dyno): void {
  dyno.type.cycle(dyno)
}
