import { H_CODES, type HCode, type HttpRequest } from '@celadon/contracts'
import { faultCode, faultStatus, isUnacceptable, outageOf } from './admission.js'
import { BackendList } from './backend-list.js'
import { Connections } from './connections.js'
import { Connector } from './connector.js'
import { Dispatcher } from './dispatcher.js'
import { Exchange, NOT_ARMED } from './exchange.js'
import { PartialView } from './partial-view.js'
import { type PoolView, viewOf } from './pool-view.js'
import { Responder } from './responder.js'
import type { RouterShared } from './router-shared.js'

/**
 * One of the router's instances. It sees only its own traffic: open requests, queue, quarantine and
 * connections are its own, as on Heroku, where routers share no state about requests.
 */
export class RouterInstance {
  /** The pool as this instance knows it. */
  view: PoolView
  /** Number of the latest change of the pool that it has heard of; 0 when news take no time. */
  lastChange = 0
  readonly backends: BackendList
  readonly connections: Connections
  readonly connector: Connector
  readonly dispatcher: Dispatcher
  readonly responder: Responder
  /** Requests without an answer. */
  private open = 0
  private readonly partialView: PartialView | null
  /** All exchanges that there ever were, and those of them that are nobody's. */
  private readonly exchanges: Exchange[] = []
  private readonly free: Exchange[] = []

  constructor(
    private readonly shared: RouterShared,
    readonly index: number,
  ) {
    const { simulation, pool, settings } = shared
    // Without delay an instance looks at the pool itself.
    this.view = settings.viewDelayMs === 0 ? pool : viewOf(pool)
    this.backends = new BackendList(settings.activePerDyno)
    this.connections = new Connections(simulation, settings, this)
    this.connector = new Connector(shared, this)
    this.dispatcher = new Dispatcher(shared, this)
    this.responder = new Responder(shared, this)
    const { knownShare } = settings
    this.partialView =
      knownShare === 1
        ? null
        : new PartialView(knownShare, simulation.stream(`router/known/${index}`))
    this.learn(this.view)
  }

  /** Takes a request in, or turns it away. @param suspension why the app is out of service, or empty */
  admit(request: HttpRequest, suspension: HCode | ''): void {
    const { settings, timers, simulation } = this.shared
    request.routerIndex = this.index
    request.routerQueueDepth = this.dispatcher.queueLength
    const { endpoint } = request
    const refusal = this.refusal(suspension)
    if (isUnacceptable(endpoint, settings) && refusal !== 'H22') {
      this.turnAway(request, faultStatus(endpoint), faultCode(endpoint, settings))
      return
    }
    if (refusal !== '') {
      this.turnAway(request, H_CODES[refusal].status, refusal)
      return
    }
    this.open += 1
    const exchange = this.free.pop() ?? this.newExchange()
    exchange.begin(request)
    if (settings.firstByteFrom === 'arrival') {
      exchange.firstByteTicket = timers.firstByte.arm(exchange)
    }
    if (request.patienceMs < Number.POSITIVE_INFINITY) {
      exchange.patienceTicket = simulation.schedule(request.patienceMs, clientLeft, exchange)
    }
    this.dispatcher.accept(exchange)
  }

  /** The instance hears that the pool has changed. The dispatcher is told separately. */
  learn(view: PoolView): void {
    this.view = view
    const { backends } = view
    this.backends.update(this.partialView === null ? backends : this.partialView.of(backends))
  }

  /** Ends an exchange with an error of the router. */
  fail(exchange: Exchange, code: HCode): void {
    const bytes = this.responder.downloadedBytes(exchange)
    this.answer(exchange, H_CODES[code].status, bytes, code)
  }

  /** Ends an exchange: its client has its answer, or has gone. A dyno that still has it is told. */
  answer(exchange: Exchange, status: number, bytes: number, code: HCode | ''): void {
    const request = exchange.request as HttpRequest
    exchange.queue?.remove(exchange)
    this.disarm(exchange)
    this.disarmPatience(exchange)
    this.dispatcher.disarmHold(exchange)
    const { state, connection } = exchange
    if (state !== null) {
      this.backends.end(state)
      exchange.state = null
      if (connection !== null) {
        exchange.connection = null
        connection.exchange = null
        connection.keptUntil = -1
        state.backend.disconnected?.(request, connection)
      }
    }
    exchange.request = null
    this.free.push(exchange)
    this.open -= 1
    request.respondedAt = this.shared.simulation.now
    request.status = status
    request.bytes = bytes
    request.code = code
    this.shared.finished(request)
    this.dispatcher.drain()
  }

  /** A dyno is through with an exchange whose client has not got all of it yet. */
  freeDyno(exchange: Exchange): void {
    if (exchange.state !== null) this.backends.end(exchange.state)
    exchange.state = null
    this.dispatcher.drain()
  }

  /** The dyno has the last byte of the request. */
  bodySent(exchange: Exchange): void {
    exchange.firstByteTicket = this.shared.timers.firstByte.arm(exchange)
  }

  /** Stops all timers that wait for the dyno. */
  disarm(exchange: Exchange): void {
    const { simulation, timers } = this.shared
    if (exchange.firstByteTicket !== NOT_ARMED) {
      timers.firstByte.cancel(exchange.firstByteTicket)
      exchange.firstByteTicket = NOT_ARMED
    }
    if (exchange.silenceTicket !== NOT_ARMED) {
      timers.silence.cancel(exchange.silenceTicket)
      exchange.silenceTicket = NOT_ARMED
    }
    if (exchange.stepTicket !== NOT_ARMED) {
      simulation.cancel(exchange.stepTicket)
      exchange.stepTicket = NOT_ARMED
    }
  }

  disarmPatience(exchange: Exchange): void {
    if (exchange.patienceTicket === NOT_ARMED) return
    this.shared.simulation.cancel(exchange.patienceTicket)
    exchange.patienceTicket = NOT_ARMED
  }

  /** The instance ends, and with it whatever it has under way: H24, of which the client sees nothing. */
  shutDown(): void {
    this.dispatcher.stop()
    for (const exchange of this.exchanges) {
      if (exchange.request === null) continue
      this.answer(exchange, 0, this.responder.downloadedBytes(exchange), 'H24')
    }
    this.backends.update([])
  }

  /** Why no request is let in now; empty when one is. */
  private refusal(suspension: HCode | ''): HCode | '' {
    const { view, shared, open } = this
    if (open >= shared.settings.connectionsMax) return 'H22'
    if (suspension !== '') return suspension
    const outage = outageOf(view.status)
    if (outage !== '') return outage
    return open >= shared.settings.backlogPerDyno * view.quantity ? 'H11' : ''
  }

  /** Answers at once; no dyno hears of the request. */
  private turnAway(request: HttpRequest, status: number, code: HCode | ''): void {
    request.respondedAt = this.shared.simulation.now
    request.status = status
    request.code = code
    this.shared.finished(request)
  }

  private newExchange(): Exchange {
    const exchange = new Exchange(this)
    this.exchanges.push(exchange)
    return exchange
  }
}

function clientLeft(exchange: Exchange): void {
  exchange.patienceTicket = NOT_ARMED
  exchange.instance.fail(exchange, 'H27')
}
