import type {
  AddOn,
  Backend,
  DynoPool,
  DynoSize,
  HttpRequest,
  LogSource,
  PoolStatus,
  Program,
  RCode,
} from '@celadon/contracts'
import type { Simulation } from '@celadon/kernel'
import { Dyno, type DynoState } from './dyno.js'
import { FormationStatistics } from './formation-statistics.js'
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
  log(source: LogSource, process: string, text: string): void
  fault(dyno: Dyno, code: RCode, graceMs: number): void
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

/** A place in the formation, for example `web.2`, whichever life of the dyno is in it. */
interface Place {
  readonly name: string
  dyno: Dyno | null
  crashesInRow: number
}

/** All dynos of one process type, and the pool that a router sees of them. */
export class ProcessType implements DynoPool {
  readonly statistics: FormationStatistics
  readonly simulation: Simulation
  readonly settings: ManifoldSettings
  readonly web: boolean
  readonly size: DynoSize
  readonly command: string
  readonly program: Program
  backends: readonly Backend[] = []

  private readonly places: Place[] = []
  private readonly oneOffs = new Set<Dyno>()
  private readonly watchers = new Set<() => void>()
  private asleep = false
  private lastRequestAt = 0

  constructor(
    readonly name: string,
    options: ProcessTypeOptions,
    private readonly shared: ManifoldShared,
  ) {
    this.simulation = shared.simulation
    this.settings = shared.settings
    this.statistics = new FormationStatistics(this.simulation.now)
    this.web = name === 'web'
    this.size = options.size
    this.command = options.command
    this.program = options.program
  }

  get quantity(): number {
    return this.places.length
  }

  get status(): PoolStatus {
    if (this.places.length === 0) return 'none'
    if (this.backends.length > 0) return 'up'
    if (this.asleep) return 'idle'
    return this.places.every((place) => place.dyno?.state === 'crashed') ? 'crashed' : 'starting'
  }

  /** The dynos in their places, running or not. */
  get dynos(): readonly Dyno[] {
    return this.places.flatMap((place) => place.dyno ?? [])
  }

  watch(listener: () => void): () => void {
    this.watchers.add(listener)
    return () => this.watchers.delete(listener)
  }

  /** Starts dynos, or stops those with the highest numbers. */
  scale(quantity: number, state: 'boot' | 'running' = 'boot'): void {
    while (this.places.length < quantity) {
      const place: Place = {
        name: `${this.name}.${this.places.length + 1}`,
        dyno: null,
        crashesInRow: 0,
      }
      this.places.push(place)
      if (state === 'boot') this.begin(place, 'down')
      else this.adopt(place)
    }
    while (this.places.length > quantity) {
      const dyno = this.places.pop()?.dyno
      if (dyno === null || dyno === undefined) continue
      this.say(dyno, `State changed from ${dyno.state} to down`)
      dyno.terminate()
    }
    this.statistics.quantity.set(quantity, this.simulation.now)
    this.changed()
  }

  /** Runs the program once, on a dyno of its own that is never restarted. */
  runOnce(name: string): void {
    const dyno = new Dyno(name, this, true)
    this.oneOffs.add(dyno)
    this.statistics.quantity.add(1, this.simulation.now)
    dyno.start('down')
  }

  /** Restarts every dyno at once, as a release without preboot does. */
  restart(): void {
    for (const place of this.places) {
      place.crashesInRow = 0
      this.restartPlace(place)
    }
  }

  /** Kills the dyno of this name, as a crash of its program does. False when there is none. */
  crash(name: string): boolean {
    const dyno = this.places.find((place) => place.name === name)?.dyno
    if (dyno === null || dyno === undefined || dyno.ended) return false
    dyno.kill()
    return true
  }

  wake(): void {
    if (!this.asleep) return
    this.asleep = false
    for (const place of this.places) {
      this.log('heroku', place.name, 'Unidling')
      this.begin(place, 'down')
    }
    this.changed()
  }

  changed(): void {
    this.backends = this.dynos.filter((dyno) => dyno.state === 'up')
    for (const watcher of this.watchers) watcher()
  }

  cameUp(dyno: Dyno): void {
    this.shared.event({ type: 'up', dyno: dyno.name })
    this.lastRequestAt = this.simulation.now
    if (this.maySleep) this.simulation.schedule(this.settings.sleepAfterMs, considerSleep, this)
    const { cycleMs, cycleJitterMs } = this.settings
    const stream = dyno.stream('cycle')
    const lifeMs = cycleMs + stream.float() * cycleJitterMs
    this.simulation.schedule(dyno.adopted ? stream.float() * lifeMs : lifeMs, cycle, dyno)
    this.changed()
  }

  exited(dyno: Dyno, from: DynoState, expected: boolean): void {
    if (this.oneOffs.delete(dyno)) {
      this.say(dyno, `State changed from ${from} to complete`)
      this.statistics.quantity.add(-1, this.simulation.now)
      return
    }
    const place = this.places.find((candidate) => candidate.dyno === dyno)
    if (expected || place === undefined) return
    this.statistics.crashes += 1
    this.say(dyno, `State changed from ${from} to crashed`)
    this.shared.event({ type: 'crashed', dyno: dyno.name })
    const early = this.simulation.now - dyno.launchedAt < EARLY_CRASH_MS
    place.crashesInRow = early ? place.crashesInRow + 1 : 0
    const pauseMs = crashPauseMs(this.settings, place.crashesInRow)
    this.simulation.schedule(pauseMs, restartCrashed, dyno)
  }

  restartCrashed(dyno: Dyno): void {
    const place = this.places.find((candidate) => candidate.dyno === dyno)
    if (place !== undefined) this.begin(place, 'crashed')
  }

  /** The daily restart of a dyno that has not been restarted for another reason. */
  cycle(dyno: Dyno): void {
    const place = this.places.find((candidate) => candidate.dyno === dyno)
    if (place === undefined || dyno.state !== 'up') return
    this.say(dyno, 'Cycling')
    this.restartPlace(place)
  }

  considerSleep(): void {
    const dyno = this.places[0]?.dyno
    if (!this.maySleep || dyno === null || dyno === undefined || dyno.state !== 'up') return
    const idleMs = this.simulation.now - this.lastRequestAt
    if (idleMs < this.settings.sleepAfterMs) {
      this.simulation.schedule(this.settings.sleepAfterMs - idleMs, considerSleep, this)
      return
    }
    this.say(dyno, 'Idling')
    this.say(dyno, 'State changed from up to down')
    this.asleep = true
    dyno.terminate()
  }

  requestArrived(): void {
    this.lastRequestAt = this.simulation.now
  }

  requestFinished(request: HttpRequest, dyno: string): void {
    this.shared.requestFinished(request, dyno)
  }

  memoryMeasured(memoryMb: number): void {
    if (memoryMb > this.statistics.memoryMaxMb) this.statistics.memoryMaxMb = memoryMb
  }

  fault(dyno: Dyno, code: RCode): void {
    this.statistics.errors.set(code, (this.statistics.errors.get(code) ?? 0) + 1)
    this.shared.fault(dyno, code, this.settings.graceMs)
  }

  addOn(name: string): AddOn {
    return this.shared.addOn(name)
  }

  log(source: LogSource, process: string, text: string): void {
    this.shared.log(source, process, text)
  }

  /** A line about a dyno by the manifold itself. */
  say(dyno: Dyno, text: string): void {
    this.shared.log('heroku', dyno.name, text)
  }

  private begin(place: Place, from: string): void {
    const dyno = new Dyno(place.name, this)
    place.dyno = dyno
    dyno.start(from)
  }

  private adopt(place: Place): void {
    const dyno = new Dyno(place.name, this)
    place.dyno = dyno
    dyno.adopt()
  }

  /** Starts the new life of a dyno when the old one gets SIGTERM; it does not wait for its end. */
  private restartPlace(place: Place): void {
    const old = place.dyno
    const from = old?.state === 'crashed' ? 'crashed' : 'up'
    if (old !== null) this.say(old, 'Restarting')
    this.begin(place, from)
    old?.terminate()
    this.changed()
  }

  private get maySleep(): boolean {
    const { sleepingSizes } = this.settings
    const sizeSleeps = sleepingSizes === 'all' || sleepingSizes.includes(this.size.name)
    return this.web && this.places.length === 1 && sizeSleeps
  }
}

function restartCrashed(dyno: Dyno): void {
  dyno.type.restartCrashed(dyno)
}

function cycle(dyno: Dyno): void {
  dyno.type.cycle(dyno)
}

function considerSleep(type: ProcessType): void {
  type.considerSleep()
}
