import type { Station } from './station.js'

/**
 * Load averages of a station, per server, as the metrics lines print them. Unix averages the number
 * of runnable tasks with an exponentially fading memory; here each minute's mean stands for that
 * minute, and fades in the same way.
 */
export class LoadAverage {
  /** Averages over about 1, 5 and 15 minutes. */
  oneMinute = 0
  fiveMinutes = 0
  fifteenMinutes = 0
  private integral = 0

  constructor(private readonly station: Station) {}

  /** Takes another minute in. Call it once a minute. */
  minutePassed(): void {
    const { levelIntegral, servers } = this.station
    const load = (levelIntegral - this.integral) / 60_000 / servers
    this.integral = levelIntegral
    this.oneMinute = faded(this.oneMinute, load, 1)
    this.fiveMinutes = faded(this.fiveMinutes, load, 5)
    this.fifteenMinutes = faded(this.fifteenMinutes, load, 15)
  }
}

function faded(average: number, load: number, minutes: number): number {
  const kept = Math.exp(-1 / minutes)
  return average * kept + load * (1 - kept)
}
