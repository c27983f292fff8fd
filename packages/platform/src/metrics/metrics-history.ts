import type { HttpRequest } from '@celadon/contracts'
import type { DynoSample } from '@celadon/dyno-manifold'
import { type IntervalSummary, MeteredInterval } from './metered-interval.js'
import type { MetricsView } from './metrics.js'
import { metricsView } from './metrics-view.js'
import { Resolution } from './resolution.js'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/**
 * What the metrics page shows, recorded once per minute and merged upward. Its memory does not grow
 * with the run. Source of the resolutions: Heroku Dev Center, "Application Metrics", 2024.
 */
export class MetricsHistory {
  private readonly minutes = new Resolution('2h', MINUTE_MS, 120)
  private readonly resolutions: readonly Resolution[] = [
    this.minutes,
    new Resolution('24h', 10 * MINUTE_MS, 144),
    new Resolution('72h', HOUR_MS, 72),
    new Resolution('7d', 2 * HOUR_MS, 84),
  ]
  private readonly minute: MeteredInterval = this.minutes.open

  /** A client has its answer. A WebSocket is counted when it has ended, and has no response time. */
  responded(request: HttpRequest): void {
    const { respondedAt, status, code, dyno } = request
    if (respondedAt >= this.minutes.endMs) this.pass(respondedAt)
    const { minute } = this
    const first = Math.floor(status / 100)
    minute.answers[first] = (minute.answers[first] as number) + 1
    if (code !== '') minute.countError(code, 1)
    if (dyno === '' || code === 'H19' || code === 'H21' || request.webSocket !== null) return
    minute.service.record(respondedAt - request.dispatchedAt - request.connectMs)
  }

  /** A dyno tells how much it uses. */
  sampled(sample: DynoSample, nowMs: number): void {
    this.pass(nowMs)
    this.minute.usageOf(sample.process, sample.quotaMb).record(sample)
  }

  /** A dyno has an error. */
  dynoFailed(code: string, nowMs: number): void {
    this.pass(nowMs)
    this.minute.countError(code, 1)
  }

  /** Messages of the log were lost since the minute began. */
  countLoss(code: string, count: number): void {
    this.minute.countError(code, count)
  }

  /** The minute that ended last; undefined in the first one. */
  get lastMinute(): IntervalSummary | undefined {
    return this.minutes.last
  }

  /** Ends the intervals that are over at this time. An interval begins with its first moment. */
  pass(nowMs: number): void {
    while (nowMs >= this.minutes.endMs) this.closeMinute()
  }

  /**
   * The four views, shortest first.
   *
   * @param losses messages of the log by code that are not counted yet
   */
  views(
    nowMs: number,
    losses: readonly (readonly [string, number])[] = [],
  ): readonly MetricsView[] {
    this.pass(nowMs)
    const unfinished = new MeteredInterval()
    for (const [code, count] of losses) unfinished.countError(code, count)
    return this.resolutions.map((resolution) => {
      unfinished.merge(resolution.open)
      const passed = nowMs > resolution.startMs || !unfinished.isEmpty
      return metricsView(resolution, passed ? unfinished.summary() : null, nowMs)
    })
  }

  private closeMinute(): void {
    const endMs = this.minutes.endMs
    for (const [index, resolution] of this.resolutions.entries()) {
      if (resolution.endMs > endMs) return
      this.resolutions[index + 1]?.open.merge(resolution.open)
      resolution.close()
    }
  }
}
