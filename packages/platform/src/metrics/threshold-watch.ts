import { round } from '../latency.js'
import { type AlertRule, minuteValue, REMINDER_MS } from './alert-rule.js'
import type { IntervalSummary } from './metered-interval.js'
import type { Alert } from './metrics.js'

/** Alerts of one rule that are kept. Memory is bounded by it; later ones are not raised. */
const ALERTS_MAX = 1000

/** Watches one threshold, minute by minute. */
export class ThresholdWatch {
  private readonly raised: Alert[] = []
  private active: OpenAlert | null = null
  /** Minutes in a row that were above the threshold. */
  private minutesAbove = 0
  private worst = 0
  private readonly reminderMs: number

  constructor(readonly rule: AlertRule) {
    this.reminderMs = REMINDER_MS[rule.reminder ?? 'never']
  }

  /** A minute is over. True when an alert is raised. */
  judge(minute: IntervalSummary, nowMs: number): boolean {
    const { type, threshold, sensitivityMinutes = 1 } = this.rule
    const value = minuteValue(type, minute)
    if (value === null || value <= threshold) {
      this.end(nowMs)
      return false
    }
    this.minutesAbove += 1
    this.worst = Math.max(this.worst, value)
    if (this.active !== null) {
      this.remind(this.active, nowMs)
      return false
    }
    if (this.minutesAbove < sensitivityMinutes || this.raised.length >= ALERTS_MAX) return false
    this.active = { raisedAtMs: nowMs, notifications: 1 }
    return true
  }

  /** In the order in which they were raised. */
  get alerts(): readonly Alert[] {
    const { active } = this
    return active === null ? this.raised : [...this.raised, this.toAlert(active, null)]
  }

  private remind(alert: OpenAlert, nowMs: number): void {
    if (nowMs - alert.raisedAtMs >= alert.notifications * this.reminderMs) alert.notifications += 1
  }

  private end(nowMs: number): void {
    if (this.active !== null) this.raised.push(this.toAlert(this.active, nowMs))
    this.active = null
    this.minutesAbove = 0
    this.worst = 0
  }

  private toAlert({ raisedAtMs, notifications }: OpenAlert, endedAtMs: number | null): Alert {
    const { type, threshold } = this.rule
    return { type, threshold, raisedAtMs, endedAtMs, worst: round(this.worst), notifications }
  }
}

/** An alert that lasts. */
interface OpenAlert {
  readonly raisedAtMs: number
  notifications: number
}
