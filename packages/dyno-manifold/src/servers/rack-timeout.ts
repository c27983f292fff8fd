import type { DynoHost, HttpRequest } from '@celadon/contracts'
import type { ServedRequest } from './served-request.js'

/** Limits of the middleware rack-timeout; its own defaults are meant where one is missing. */
export interface RequestTimeout {
  /** Time that the app has for a request. Default 15,000. */
  readonly serviceMs?: number
  /** Age at which a request is not even begun. Default 30,000. */
  readonly waitMs?: number
}

/** Requests with a body may be older by this: they take time to arrive. rack-timeout's default. */
const WAIT_OVERTIME_MS = 60_000

/**
 * The middleware rack-timeout: refuses requests that are too old, and raises an error in the thread
 * of one that runs too long. What is left until a request is too old limits its service too
 * (`service_past_wait` is off). Of its log lines, those of `expired` and `timed_out` are written.
 * Source: rack-timeout's documentation.
 */
export class RackTimeout {
  private readonly serviceMs: number
  private readonly waitMs: number

  constructor(
    limits: RequestTimeout,
    private readonly host: DynoHost,
  ) {
    this.serviceMs = limits.serviceMs ?? 15_000
    this.waitMs = limits.waitMs ?? 30_000
  }

  /** Starts the clock of a request. False when it is too old; `work.error` says so then. */
  begin(served: ServedRequest): boolean {
    const request = served.request as HttpRequest
    const waitedMs = this.waitedMs(request)
    const allowedMs = this.allowedWaitMs(request)
    if (waitedMs >= allowedMs) {
      this.log(request, waitedMs, allowedMs, 'state=expired')
      request.work.error = `Rack::Timeout::RequestExpiryError: Request older than ${allowedMs}ms.`
      return false
    }
    served.arm(Math.min(this.serviceMs, allowedMs - waitedMs))
    return true
  }

  /** Raises the error in the thread that runs a request. */
  raise(served: ServedRequest): void {
    const request = served.request as HttpRequest
    const serviceMs = Math.round(this.host.scheduler.now - request.startedAt)
    this.log(request, this.waitedMs(request), serviceMs, `service=${serviceMs}ms state=timed_out`)
    const error = `Rack::Timeout::RequestTimeoutException: Request ran for longer than ${serviceMs}ms`
    served.worker?.process.interrupt(request.work, error)
  }

  private allowedWaitMs({ endpoint }: HttpRequest): number {
    return (endpoint.requestBytes ?? 0) > 0 ? this.waitMs + WAIT_OVERTIME_MS : this.waitMs
  }

  private waitedMs(request: HttpRequest): number {
    return request.arrivedAt < 0 ? 0 : request.startedAt - request.arrivedAt
  }

  private log(request: HttpRequest, waitedMs: number, timeoutMs: number, state: string): void {
    const wait = Math.round(waitedMs)
    this.host.log(
      `source=rack-timeout id=${request.id} wait=${wait}ms timeout=${timeoutMs}ms ${state} at=error`,
    )
  }
}
