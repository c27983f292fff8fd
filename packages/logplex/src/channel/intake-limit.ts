const MINUTE_MS = 60_000

/**
 * A limit to the lines of a minute. Logplex had it in 2010, by the plan of the logging add-on.
 * Source: logplex's source of 2010, `logplex_worker`.
 */
export class IntakeLimit {
  /** Lines that were refused. */
  refused = 0
  private minute = 0
  private lines = 0

  constructor(private readonly linesPerMinute: number) {}

  /** What the app's log says once per minute, instead of the first line beyond. */
  get notice(): string {
    return `You have exceeded ${this.linesPerMinute} logs/min. Please upgrade your logging addon for higher throughput.`
  }

  /** Whether a line may come in now; `notice` once per minute, when the first one may not. */
  admits(nowMs: number): 'yes' | 'notice' | 'no' {
    const minute = Math.floor(nowMs / MINUTE_MS)
    if (minute !== this.minute) {
      this.minute = minute
      this.lines = 0
    }
    this.lines += 1
    if (this.lines <= this.linesPerMinute) return 'yes'
    this.refused += 1
    return this.lines === this.linesPerMinute + 1 ? 'notice' : 'no'
  }
}
