const PERIODS_MS = [60_000, 300_000, 900_000] as const

/**
 * Load averages of a dyno as Heroku computes them: the number of runnable threads, taken every 20
 * seconds or so, smoothed exponentially over 1, 5 and 15 minutes. Source: Heroku Dev Center,
 * "log-runtime-metrics".
 */
export class LoadAverage {
  private readonly averages = [0, 0, 0]
  private sampledAt = 0

  sample(runnable: number, nowMs: number): void {
    const elapsedMs = nowMs - this.sampledAt
    this.sampledAt = nowMs
    PERIODS_MS.forEach((periodMs, index) => {
      const kept = Math.exp(-elapsedMs / periodMs)
      this.averages[index] = (1 - kept) * runnable + kept * (this.averages[index] ?? 0)
    })
  }

  /** The part of the log line that tells them. */
  toString(): string {
    const [one, five, fifteen] = this.averages.map((average) => average.toFixed(2))
    return `sample#load_avg_1m=${one} sample#load_avg_5m=${five} sample#load_avg_15m=${fifteen}`
  }
}
