import type { HttpRequest } from '@celadon/contracts'
import { type Exchange, NOT_ARMED } from './exchange.js'
import type { RouterShared } from './router-shared.js'

/** Part of its body after which a client that falls silent does so. A guess. */
const SILENT_AFTER = 0.5

/**
 * Sets when a dyno that takes the request now has all of it, and starts the clock of its answer. The
 * router keeps next to nothing of a body, so its client sends it while the dyno takes it.
 */
export function sendRequest(exchange: Exchange, shared: RouterShared): void {
  const { simulation, settings, timers } = shared
  const request = exchange.request as HttpRequest
  const { requestBytes } = request.endpoint
  request.bodyAt = simulation.now
  const hasBody = requestBytes !== undefined && requestBytes > 0
  if (settings.firstByteFrom === 'dispatch' || (settings.firstByteFrom === 'body' && !hasBody)) {
    exchange.firstByteTicket = timers.firstByte.arm(exchange)
  }
  if (hasBody) sendBody(exchange, request, requestBytes, shared)
}

/** The dyno has not taken the request. */
export function stopSending(exchange: Exchange, shared: RouterShared): void {
  const { simulation, settings, timers } = shared
  const request = exchange.request as HttpRequest
  request.bodyAt = -1
  if (settings.firstByteFrom !== 'arrival' && exchange.firstByteTicket !== NOT_ARMED) {
    timers.firstByte.cancel(exchange.firstByteTicket)
    exchange.firstByteTicket = NOT_ARMED
  }
  if (exchange.stepTicket !== NOT_ARMED) {
    simulation.cancel(exchange.stepTicket)
    exchange.stepTicket = NOT_ARMED
  }
}

function sendBody(
  exchange: Exchange,
  request: HttpRequest,
  bytes: number,
  { simulation, settings }: RouterShared,
): void {
  const bodyMs = bytes / request.link.uploadBytesPerMs
  if (request.stalls) {
    request.bodyAt = Number.POSITIVE_INFINITY
    const silentMs = SILENT_AFTER * bodyMs + settings.idleMs
    exchange.stepTicket = simulation.schedule(silentMs, clientSilent, exchange)
  } else {
    request.bodyAt += bodyMs
    if (settings.firstByteFrom !== 'body') return
    exchange.stepTicket = simulation.schedule(bodyMs, bodySent, exchange)
  }
}

function clientSilent(exchange: Exchange): void {
  exchange.stepTicket = NOT_ARMED
  exchange.instance.fail(exchange, 'H28')
}

function bodySent(exchange: Exchange): void {
  exchange.stepTicket = NOT_ARMED
  exchange.instance.bodySent(exchange)
}
