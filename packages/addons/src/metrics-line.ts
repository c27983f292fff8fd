import type { Scheduler } from '@celadon/contracts'
import { FadingAverage } from '@celadon/kernel'
import type { Station } from './station.js'

const MINUTE_MS = 60_000

/** Runs `log` once a minute, as Heroku's data services do. */
export function everyMinute(scheduler: Scheduler, log: () => void): void {
  const timer = { scheduler, log }
  scheduler.schedule(MINUTE_MS, minutePassed, timer)
}

interface MinuteTimer {
  readonly scheduler: Scheduler
  readonly log: () => void
}

function minutePassed(timer: MinuteTimer): void {
  timer.log()
  timer.scheduler.schedule(MINUTE_MS, minutePassed, timer)
}

/** A number with at most five decimals, as metrics lines print ratios and loads. */
export function ratio(value: number): string {
  return String(Math.round(value * 1e5) / 1e5)
}

/**
 * The load averages of a station, per server, in a metrics line. Unix averages the number of
 * runnable tasks; here the mean since the line before stands for that time.
 */
export class LoadSamples {
  private readonly oneMinute: FadingAverage
  private readonly fiveMinutes: FadingAverage
  private readonly fifteenMinutes: FadingAverage
  private integral = 0
  private sampledAt: number

  constructor(
    private readonly station: Station,
    nowMs: number,
  ) {
    this.oneMinute = new FadingAverage(MINUTE_MS, 0, nowMs)
    this.fiveMinutes = new FadingAverage(5 * MINUTE_MS, 0, nowMs)
    this.fifteenMinutes = new FadingAverage(15 * MINUTE_MS, 0, nowMs)
    this.sampledAt = nowMs
  }

  /** The part of the next line that tells them. */
  next(nowMs: number): string {
    const { levelIntegral, servers } = this.station
    const load = (levelIntegral - this.integral) / (nowMs - this.sampledAt) / servers
    this.integral = levelIntegral
    this.sampledAt = nowMs
    this.oneMinute.record(load, nowMs)
    this.fiveMinutes.record(load, nowMs)
    this.fifteenMinutes.record(load, nowMs)
    return (
      ` sample#load-avg-1m=${ratio(this.oneMinute.value)}` +
      ` sample#load-avg-5m=${ratio(this.fiveMinutes.value)}` +
      ` sample#load-avg-15m=${ratio(this.fifteenMinutes.value)}`
    )
  }
}
