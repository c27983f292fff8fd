import type { HttpRequest } from '@celadon/contracts'
import { Latency } from './latency.js'
import type { RequestSummary } from './result.js'

const STATUS_MAX = 600

/** Counts requests and their latencies. */
export class RequestMonitor {
  readonly service: Latency = new Latency()
  readonly queue: Latency = new Latency()
  readonly total: Latency = new Latency()
  /** Answers of the app with a status below 500; a WebSocket is one when it has ended in order. */
  served = 0
  /** H-codes, requests that the router refused for their form, and answers with 500 and more. */
  failed = 0
  /** Requests finished by a dyno after their client had its error page, or had left. */
  zombies = 0
  /** Failures by H-code. */
  readonly byCode: Map<string, number> = new Map()
  private readonly byStatus = new Float64Array(STATUS_MAX)

  /** A client has its answer. */
  responded(request: HttpRequest): void {
    const { status, code } = request
    // How long a WebSocket was open is no latency.
    if (request.webSocket === null) this.total.record(request.respondedAt - request.arrivedAt)
    this.byStatus[status] = (this.byStatus[status] as number) + 1
    if (status < 500 && code === '' && request.dyno !== '') this.served += 1
    else this.failed += 1
    if (code !== '') this.byCode.set(code, (this.byCode.get(code) ?? 0) + 1)
  }

  /** A process is through with a request. */
  finished(request: HttpRequest): void {
    this.service.record(request.finishedAt - request.startedAt)
    this.queue.record(request.startedAt - request.arrivedAt)
    if (request.respondedAt >= 0) this.zombies += 1
  }

  summary(arrived: number, durationMs: number, peakPerSecond: number): RequestSummary {
    const statuses = [...this.byStatus.entries()].filter(([, count]) => count > 0)
    return {
      arrived,
      served: this.served,
      failed: this.failed,
      inFlight: arrived - this.served - this.failed,
      meanPerSecond: durationMs > 0 ? arrived / (durationMs / 1000) : 0,
      peakPerSecond,
      zombies: this.zombies,
      byStatus: Object.fromEntries(statuses.map(([status, count]) => [String(status), count])),
      byCode: Object.fromEntries([...this.byCode].sort(([a], [b]) => (a < b ? -1 : 1))),
    }
  }
}
