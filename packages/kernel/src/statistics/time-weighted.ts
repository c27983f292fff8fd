/**
 * A level that changes over time (queue length, busy servers) and its average over time. Each
 * value counts for as long as it lasted.
 */
export class TimeWeighted {
  /** Current level. */
  value: number
  /** Highest level since the start or the last {@link TimeWeighted.reset}. */
  max: number
  private area = 0
  private since: number
  private changedAt: number

  constructor(value = 0, atMs = 0) {
    this.value = value
    this.max = value
    this.since = atMs
    this.changedAt = atMs
  }

  set(value: number, nowMs: number): void {
    this.area += this.value * (nowMs - this.changedAt)
    this.changedAt = nowMs
    this.value = value
    if (value > this.max) this.max = value
  }

  add(change: number, nowMs: number): void {
    this.set(this.value + change, nowMs)
  }

  /** The level summed over time: level times milliseconds. */
  integral(nowMs: number): number {
    return this.area + this.value * (nowMs - this.changedAt)
  }

  /** Average level since the start or the last {@link TimeWeighted.reset}. */
  mean(nowMs: number): number {
    const span = nowMs - this.since
    return span > 0 ? this.integral(nowMs) / span : this.value
  }

  /** Starts a new span of time with the current level. */
  reset(nowMs: number): void {
    this.area = 0
    this.since = nowMs
    this.changedAt = nowMs
    this.max = this.value
  }
}
