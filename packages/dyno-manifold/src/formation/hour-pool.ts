import type { Simulation } from '@celadon/kernel'

const HOUR_MS = 3_600_000
/** The pool is filled again after this time; Heroku does it with the calendar month. */
const PERIOD_MS = 30 * 24 * HOUR_MS
const NO_TICKET = -1

/** Hears of the end of the hours and of new ones. */
export interface HourPoolListener {
  hoursExhausted(): void
  hoursRenewed(): void
}

/**
 * The dyno hours that an account has for 30 days. Source: Heroku Dev Center, "Eco Dyno Hours": 1000 for
 * all eco dynos together; when none are left they sleep until the next month (H82).
 */
export class HourPool {
  exhausted = false
  private running = 0
  private usedMs = 0
  private countedAt: number
  private ticket = NO_TICKET
  private readonly poolMs: number

  constructor(
    private readonly simulation: Simulation,
    hours: number,
    private readonly listener: HourPoolListener,
  ) {
    this.poolMs = hours * HOUR_MS
    this.countedAt = simulation.now
  }

  /** So many dynos more, or fewer, use hours from now on. */
  count(change: 1 | -1): void {
    this.advance()
    this.running += change
    if (!this.exhausted) this.reschedule()
  }

  runOut(): void {
    this.advance()
    this.ticket = NO_TICKET
    this.exhausted = true
    this.simulation.schedule(this.periodEnd - this.simulation.now, renew, this)
    this.listener.hoursExhausted()
  }

  renew(): void {
    this.advance()
    this.exhausted = false
    this.reschedule()
    this.listener.hoursRenewed()
  }

  private get periodEnd(): number {
    return (Math.floor(this.simulation.now / PERIOD_MS) + 1) * PERIOD_MS
  }

  private advance(): void {
    const { now } = this.simulation
    const periodBegan = this.periodEnd - PERIOD_MS
    if (this.countedAt < periodBegan) {
      this.usedMs = 0
      this.countedAt = periodBegan
    }
    this.usedMs += this.running * (now - this.countedAt)
    this.countedAt = now
  }

  /** Looks ahead: at this rate the hours end in this period, in the next one, or never. */
  private reschedule(): void {
    const { simulation, running, poolMs } = this
    simulation.cancel(this.ticket)
    this.ticket = NO_TICKET
    if (running === 0) return
    const leftMs = this.periodEnd - simulation.now
    const lastsMs = Math.max(0, poolMs - this.usedMs) / running
    if (lastsMs < leftMs) this.ticket = simulation.schedule(lastsMs, runOut, this)
    else if (poolMs / running < PERIOD_MS) {
      this.ticket = simulation.schedule(leftMs + poolMs / running, runOut, this)
    }
  }
}

function runOut(pool: HourPool): void {
  pool.runOut()
}

function renew(pool: HourPool): void {
  pool.renew()
}
