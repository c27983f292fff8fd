// A timer that every event of a renewal process arms anew, as an idle time-out is: how often it
// expires and how long it stays expired.
import { describe, expect, test } from 'vitest'
import { createSimulation, type Simulation } from '../../src/index.js'
import type { Draw } from './arrivals.js'
import { type Gap, gaps } from './renewal-gaps.js'
import { expectMean, expectOther, SteadyMean } from './steady-mean.js'

const EVENTS = 1_500_000

/** Timers of one delay, from either kind of timer that the kernel has. */
interface Timer {
  arm(target: IdleWatch): number
  cancel(ticket: number): boolean
}

/** Notices when no event came for a while. */
class IdleWatch {
  ticket = -1
  expiredAt = -1
  events = 0
  readonly expired = new SteadyMean()
  /** How long the timer stayed expired, per gap. */
  readonly idle = new SteadyMean()

  constructor(
    private readonly simulation: Simulation,
    private readonly gap: Draw,
    private readonly timer: Timer,
  ) {}

  event(): void {
    const { simulation, expiredAt } = this
    this.expired.recordIf(expiredAt >= 0)
    this.idle.record(expiredAt >= 0 ? simulation.now - expiredAt : 0)
    this.expiredAt = -1
    this.timer.cancel(this.ticket)
    this.ticket = this.timer.arm(this)
    this.events += 1
    if (this.events < EVENTS) simulation.schedule(this.gap(), event, this)
  }

  expire(): void {
    this.expiredAt = this.simulation.now
  }
}

function event(watch: IdleWatch): void {
  watch.event()
}

function expire(watch: IdleWatch): void {
  watch.expire()
}

type TimerFrom = (simulation: Simulation, delayMs: number) => Timer

const ring: TimerFrom = (simulation, delayMs) => simulation.timeout(delayMs, expire)

const scheduled: TimerFrom = (simulation, delayMs) => ({
  arm: (watch) => simulation.schedule(delayMs, expire, watch),
  cancel: (ticket) => simulation.cancel(ticket),
})

const neverCancelled: TimerFrom = (simulation, delayMs) => ({
  arm: (watch) => simulation.schedule(delayMs, expire, watch),
  cancel: () => false,
})

function observe(gap: Gap, delayMs: number, timerFrom: TimerFrom): IdleWatch {
  const simulation = createSimulation({ seed: 'idle' })
  const timer = timerFrom(simulation, delayMs)
  const watch = new IdleWatch(simulation, gap.from(simulation.stream('gaps')), timer)
  simulation.schedule(0, event, watch)
  simulation.run()
  return watch
}

for (const gap of gaps) {
  describe(`an idle time-out with ${gap.name}`, () => {
    for (const delayMs of [4, 16]) {
      const { expired, idle } = observe(gap, delayMs, ring)

      test(`of ${delayMs} ms expires in the gaps that are longer, and only there`, () => {
        expectMean(expired, gap.tail(delayMs), 0.02)
        expectMean(idle, gap.beyond(delayMs), 0.03)
        expectOther(expired, gap.tail(1.05 * delayMs))
      })

      test(`of ${delayMs} ms does the same with scheduled events`, () => {
        const twin = observe(gap, delayMs, scheduled)
        expect(twin.expired.interval()).toEqual(expired.interval())
        expect(twin.idle.interval()).toEqual(idle.interval())
      })
    }

    test('is found out when old timers are not cancelled', () => {
      expectOther(observe(gap, 16, neverCancelled).expired, gap.tail(16))
    })
  })
}
