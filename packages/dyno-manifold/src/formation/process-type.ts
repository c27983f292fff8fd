import type { Backend, DynoPool, PoolStatus } from '@celadon/contracts'
import type { ManifoldContext } from '../context.js'
import { Dyno, type DynoState } from '../life/dyno.js'
import type { ProcessTypeOptions, RestartStrategy } from '../options.js'
import { DynoGroup } from './dyno-group.js'
import { IdleWatch } from './idle-watch.js'
import { Place } from './place.js'
import { Preboot } from './preboot.js'
import { RollingRestart } from './rolling-restart.js'

/** All dynos of one process type, and the pool that a router sees of them. */
export class ProcessType extends DynoGroup implements DynoPool {
  readonly web: boolean
  readonly restarts = true
  backends: readonly Backend[] = []

  private readonly places: Place[] = []
  private watchers: readonly (() => void)[] = []
  private readonly idleWatch: IdleWatch
  private preboot: Preboot | null = null
  private adopting = false
  private rolling: RollingRestart | null = null

  constructor(name: string, options: ProcessTypeOptions, context: ManifoldContext) {
    super(name, options, context)
    this.web = name === 'web'
    this.idleWatch = new IdleWatch(context.simulation, context.settings.sleepAfterMs, this)
  }

  get quantity(): number {
    return this.places.length
  }

  get status(): PoolStatus {
    const { places } = this
    if (places.length === 0) return 'none'
    if (this.backends.length > 0) return 'up'
    if (this.context.exhausted(this.size)) return 'exhausted'
    if (places.every(({ asleep }) => asleep)) return 'idle'
    return places.every(({ dyno }) => dyno.state === 'crashed') ? 'crashed' : 'starting'
  }

  /** The dynos in their places, running or not. */
  get dynos(): readonly Dyno[] {
    return this.places.map(({ dyno }) => dyno)
  }

  watch(listener: () => void): () => void {
    this.watchers = [...this.watchers, listener]
    return () => {
      this.watchers = this.watchers.filter((other) => other !== listener)
    }
  }

  /** Starts dynos, or stops those with the highest numbers. Wakes a dyno that sleeps. */
  scale(quantity: number, state: 'boot' | 'running' = 'boot'): void {
    while (this.places.length > quantity) this.removeLast()
    // With no dyno left to replace, a preboot is over.
    if (quantity === 0) this.switchOver()
    if (this.places.length < quantity) this.wakePlaces()
    // The pool changes once, and not with each of the dynos that are up from the beginning.
    this.adopting = state === 'running'
    while (this.places.length < quantity) this.add(state)
    this.adopting = false
    this.statistics.quantity.set(quantity, this.context.simulation.now)
    this.changed()
    if (this.maySleep) this.idleWatch.start()
  }

  /** Restarts every dyno that does not sleep. */
  restart(strategy: RestartStrategy): void {
    this.rolling = null
    // With nobody to serve meanwhile there is nothing to wait for.
    if (strategy === 'preboot' && this.web && this.backends.length > 0) {
      this.startPreboot()
      return
    }
    this.switchOver()
    if (strategy === 'rolling') {
      this.rolling = new RollingRestart(this.places, this)
      this.rolling.advance()
    } else for (const place of this.places) this.restartPlace(place)
  }

  /** @internal */
  restartPlace(place: Place): boolean {
    if (place.asleep || !this.places.includes(place)) return false
    place.crashes.forget()
    place.dyno.say('Restarting')
    this.replace(place)
    return true
  }

  /** Kills the program of the dyno of this name, as a crash does. False when none runs there. */
  crash(name: string): boolean {
    const dyno = this.places.find((place) => place.name === name)?.dyno
    if (dyno === undefined || dyno.ended || dyno.launchedAt < 0) return false
    dyno.kill()
    return true
  }

  wake(): void {
    this.context.wake()
  }

  /** Starts what sleeps, unless no hours are left. */
  wakePlaces(): void {
    if (this.context.exhausted(this.size)) return
    for (const place of this.places) {
      if (!place.asleep) continue
      place.dyno.say('Unidling')
      this.begin(place, 'down')
    }
  }

  /** Puts every dyno to sleep. */
  sleep(): void {
    this.switchOver()
    for (const place of this.places) {
      if (place.asleep) continue
      place.asleep = true
      place.dyno.say('Idling')
      place.dyno.say(`State changed from ${place.state} to down`)
      place.dyno.terminate()
      this.rolling?.settled(place)
    }
    this.changed()
  }

  /** No request has come for so long that a single web dyno goes to sleep. */
  idle(): void {
    if (!this.maySleep || this.places[0]?.dyno.state !== 'up') return
    this.sleep()
    this.context.sleepWithWeb()
  }

  changed(): void {
    if (this.adopting) return
    const dynos = this.preboot === null ? this.dynos : this.preboot.old
    this.backends = dynos.filter((dyno) => dyno.state === 'up')
    for (const watcher of this.watchers) watcher()
  }

  override cameUp(dyno: Dyno): void {
    super.cameUp(dyno)
    if (this.maySleep) this.idleWatch.start()
    const place = this.placeOf(dyno)
    if (place !== undefined) this.rolling?.settled(place)
  }

  exited(dyno: Dyno, from: DynoState): void {
    if (dyno.state === 'crashed') this.noteCrash(dyno, from)
    const place = this.placeOf(dyno)
    if (place === undefined || place.asleep) return
    if (dyno.state === 'down') {
      dyno.say('State changed from up to down')
      this.begin(place, 'down')
      return
    }
    const { settings, simulation } = this.context
    const ageMs = dyno.adopted ? Number.POSITIVE_INFINITY : simulation.now - dyno.launchedAt
    const pauseMs = place.crashes.pauseAfter(ageMs, settings.crashPausesMs)
    simulation.schedule(pauseMs, restartCrashed, { type: this, dyno })
    this.rolling?.settled(place)
  }

  lost(dyno: Dyno, from: DynoState): void {
    const place = this.placeOf(dyno)
    if (place === undefined || place.asleep) return
    dyno.say('Relocating dyno to a new server')
    this.context.event({ type: 'relocated', dyno: dyno.name })
    this.begin(place, from === 'stopping' ? 'up' : from)
  }

  /** The pause after a crash is over. */
  restartCrashed(dyno: Dyno): void {
    const place = this.placeOf(dyno)
    if (place !== undefined && !place.asleep) this.begin(place, 'crashed')
  }

  cycle(dyno: Dyno): void {
    const place = this.placeOf(dyno)
    if (place === undefined) return
    dyno.say('Cycling')
    if (this.context.settings.cycling === 'overlap') this.replace(place)
    else dyno.terminate()
  }

  override requestArrived(): void {
    this.idleWatch.requestArrived()
  }

  /** @internal The new dynos take over; those that served until now are stopped. */
  switchOver(): void {
    const { preboot } = this
    if (preboot === null) return
    this.preboot = null
    preboot.cancel()
    this.changed()
    for (const dyno of preboot.old) dyno.terminate()
  }

  private startPreboot(): void {
    const { settings, simulation } = this.context
    const awake = this.places.filter(({ asleep }) => !asleep)
    const old = this.preboot?.old ?? awake.map(({ dyno }) => dyno)
    const unfinished = this.preboot === null ? [] : awake.map(({ dyno }) => dyno)
    this.preboot?.cancel()
    this.preboot = new Preboot(old, simulation, settings.bootTimeoutMs, this)
    for (const place of awake) {
      place.crashes.forget()
      this.begin(place, 'down')
    }
    for (const dyno of unfinished) dyno.terminate()
  }

  private add(state: 'boot' | 'running'): void {
    const place = new Place(this.newDyno(`${this.name}.${this.places.length + 1}`))
    this.places.push(place)
    if (this.context.exhausted(this.size)) place.asleep = true
    else if (state === 'boot') place.dyno.start('down')
    else place.dyno.adopt()
  }

  private removeLast(): void {
    const place = this.places.pop()
    if (place === undefined) return
    for (const dyno of this.preboot?.old ?? []) if (dyno.name === place.name) dyno.terminate()
    if (place.asleep) return
    place.dyno.say(`State changed from ${place.state} to down`)
    place.dyno.terminate()
    this.rolling?.settled(place)
  }

  /** Begins a new life in a place. */
  private begin(place: Place, from: DynoState): void {
    place.asleep = false
    place.dyno = this.newDyno(place.name)
    place.dyno.start(from)
    this.changed()
  }

  /** Starts the new life of a dyno when the old one gets SIGTERM; it does not wait for its end. */
  private replace(place: Place): void {
    const old = place.dyno
    this.begin(place, place.state)
    old.terminate()
  }

  private noteCrash(dyno: Dyno, from: DynoState): void {
    this.statistics.crashes += 1
    dyno.say(`State changed from ${from} to crashed`)
    this.context.event({ type: 'crashed', dyno: dyno.name })
  }

  private newDyno(name: string): Dyno {
    return new Dyno(name, this, this.program)
  }

  private placeOf(dyno: Dyno): Place | undefined {
    return this.places.find((place) => place.dyno === dyno)
  }

  private get maySleep(): boolean {
    return this.web && this.places.length === 1 && this.context.sleeps(this.size)
  }
}

function restartCrashed({ type, dyno }: { type: ProcessType; dyno: Dyno }): void {
  type.restartCrashed(dyno)
}
