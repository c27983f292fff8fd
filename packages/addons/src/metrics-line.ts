import type { Scheduler } from '@celadon/contracts'

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
