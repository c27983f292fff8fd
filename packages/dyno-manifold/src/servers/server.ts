import type {
  Connection,
  DynoHost,
  HttpRequest,
  ProcessOptions,
  ResponsePort,
  RunningProgram,
  Scheduler,
} from '@celadon/contracts'
import { BodyReader } from './body-reader.js'
import { RackTimeout } from './rack-timeout.js'
import { ResponseWriter } from './response-writer.js'
import { RequestLine, ServedRequest } from './served-request.js'
import { ServedRequests } from './served-requests.js'
import type { ResolvedServerOptions } from './server-options.js'
import { Worker } from './worker.js'
import { WorkerTimeout } from './worker-timeout.js'

/** Exit status of a program that SIGTERM has ended. */
const SIGTERMED = 143

/**
 * A web server on one dyno: what happens to a request from its connection to its end. How requests
 * find a worker is up to the classes that extend it; bodies and responses are read and written by the
 * parts that share it.
 */
export abstract class Server implements RunningProgram {
  readonly scheduler: Scheduler
  readonly bodies: BodyReader = new BodyReader(this)
  readonly writer: ResponseWriter = new ResponseWriter(this)
  /** Requests that some thread has taken up and is not through with. */
  serving = 0
  protected readonly workers: readonly Worker[]
  protected stopping = false
  protected ended = false
  protected readonly records: ServedRequests = new ServedRequests(this)
  /** What no worker has accepted. */
  protected readonly line: RequestLine = new RequestLine()
  private readonly processOptions: ProcessOptions
  private readonly rackTimeout: RackTimeout | null
  private readonly workerTimeout: WorkerTimeout | null

  constructor(
    readonly options: ResolvedServerOptions,
    readonly host: DynoHost,
  ) {
    const { threads, globalLock, memory, requestTimeout, workerTimeoutMs } = options
    this.scheduler = host.scheduler
    this.processOptions = { threads, globalLock, memory }
    this.workers = Array.from(
      { length: options.workers },
      (_, index) => new Worker(index, threads, host.spawn(this.processOptions)),
    )
    this.rackTimeout = requestTimeout === null ? null : new RackTimeout(requestTimeout, host)
    this.workerTimeout =
      workerTimeoutMs === Number.POSITIVE_INFINITY ? null : new WorkerTimeout(workerTimeoutMs, this)
    host.bindPort()
  }

  connect(request: HttpRequest, port: ResponsePort): Connection {
    if (this.stopping) return 'refused'
    if (!port.reused && !this.hasRoom()) return this.writer.turnAway(request, port)
    request.retain()
    const served = this.records.take(request, port)
    const { peer } = port
    port.peer = served
    this.arrived(served, port.reused ? peer : null)
    return 'accepted'
  }

  disconnected(request: HttpRequest, port: ResponsePort): void {
    const served = port.peer
    if (!(served instanceof ServedRequest) || served.request !== request) return
    served.abandoned = true
    switch (served.phase) {
      case 'buffering':
      case 'reading':
        this.bodies.cancel(served)
        break
      case 'writing':
        this.writer.written(served)
        break
      case 'socket':
        this.discard(served)
    }
  }

  /** What no worker has accepted is closed; what is under way is finished, or dropped (`quick`). */
  terminate(): void {
    this.stopping = true
    this.dropWaiting()
    for (const served of this.records.which(isBuffering)) {
      // Closing the one before may have ended this one.
      if (isBuffering(served)) this.bodies.cancel(served)
    }
    if (this.options.stop === 'quick') this.exit()
    else this.exitWhenDone()
  }

  kill(): void {
    this.ended = true
    this.line.clear()
    for (const worker of this.workers) {
      worker.busySince = -1
      worker.todo.clear()
    }
    for (const served of this.records.which(isInUse)) this.discard(served)
  }

  /** A timer of a request has expired. */
  due(served: ServedRequest): void {
    switch (served.phase) {
      case 'buffering':
      case 'reading':
        this.bodies.due(served)
        break
      case 'writing':
        this.writer.written(served)
        break
      case 'running':
        this.rackTimeout?.raise(served)
    }
  }

  /** The steps of a request are over. */
  done(served: ServedRequest): void {
    const worker = served.worker as Worker
    const request = served.request as HttpRequest
    served.disarm()
    worker.busySince = -1
    request.work.output = null
    // What becomes of the thread is settled before another request may take it.
    const { settling } = worker
    worker.settling = true
    this.host.requestFinished(request)
    // Who hears of it may have ended the dyno.
    if (this.ended) return
    this.serving -= 1
    if (request.webSocket !== null && request.work.error === null) this.writer.shakeHands(served)
    else this.writer.answer(served)
    worker.settling = settling
    this.threadFreed(worker)
  }

  /** Kills a worker that takes too long for its request; another one takes its place. */
  killWorker(worker: Worker): void {
    const seconds = this.options.workerTimeoutMs / 1000
    this.host.log(`worker=${worker.index} timeout (${seconds}s), killing`)
    worker.busySince = -1
    worker.process.kill()
    for (const served of this.records.which((one) => one.worker === worker)) {
      if (served.phase === 'writing') {
        this.serving -= 1
        this.recycle(served)
      } else if (served.phase !== 'over') {
        ;(served.request as HttpRequest).work.error = 'the worker was killed'
        this.leaveUnanswered(served)
      }
    }
    this.scheduler.schedule(this.options.forkMs, fork, this, worker.index)
    if (this.stopping) this.exitWhenDone()
  }

  /** A new process takes the place of one that was killed. */
  fork(index: number): void {
    if (this.ended || this.stopping) return
    const worker = this.workers[index] as Worker
    worker.process = this.host.spawn(this.processOptions)
    this.threadFreed(worker)
  }

  /** Whether one more connection finds room. */
  protected abstract hasRoom(): boolean

  /** All of a request is there that the server waits for before a thread takes it up. */
  abstract ready(served: ServedRequest): void

  /** A thread of a worker may take something up. */
  protected abstract distribute(worker: Worker): void

  /** Whether requests wait that a stopping server still serves. */
  protected hasPromised(): boolean {
    return false
  }

  /** A request has come. @param _peer what the server kept about its connection; null: a new one */
  protected arrived(served: ServedRequest, _peer: unknown): void {
    if (this.options.buffersBodies && !this.bodies.isComplete(served)) this.bodies.buffer(served)
    else this.ready(served)
  }

  /** A thread of a worker takes a request up. */
  protected take(worker: Worker, served: ServedRequest): void {
    if (served.abandoned && this.options.dropsAbandoned) {
      this.drop(served)
      return
    }
    served.worker = worker
    this.serving += 1
    if (this.workerTimeout !== null) this.workerTimeout.watch(worker)
    this.host.requestStarted(served.request as HttpRequest)
    if (this.bodies.isComplete(served)) this.run(worker, served)
    else this.bodies.read(worker, served)
  }

  /**
   * Decides, before the answer goes out, what becomes of its connection. True when its record goes on
   * with the connection.
   */
  keep(served: ServedRequest, port: ResponsePort): boolean {
    const { keepAliveMs } = this.options
    if (keepAliveMs > 0 && port.keepAlive && !this.stopping) {
      port.keptUntil = this.scheduler.now + keepAliveMs
      port.peer = served.worker
    }
    return false
  }

  /** A thread is blocked for a while because nobody takes the rest of its response. */
  block(worker: Worker, request: HttpRequest, port: ResponsePort, blockedMs: number): void {
    if (this.ended) return
    const served = this.records.take(request, port)
    port.peer = served
    this.writer.block(served, worker, blockedMs)
  }

  /** A request is refused that no process has taken up. */
  drop(served: ServedRequest): void {
    this.host.requestDropped(served.request as HttpRequest)
    this.discard(served)
  }

  recycle(served: ServedRequest): void {
    this.records.recycle(served)
  }

  threadFreed(worker: Worker): void {
    this.distribute(worker)
    if (this.stopping) this.exitWhenDone()
  }

  /** A thread works on a request, unless it is too old. */
  run(worker: Worker, served: ServedRequest): void {
    const { work } = served.request as HttpRequest
    served.phase = 'running'
    work.output = served
    if (this.rackTimeout === null || this.rackTimeout.begin(served)) {
      worker.process.run(work, done, this, served)
    } else {
      this.done(served)
    }
  }

  /** A request that a thread had taken up ends without an answer. */
  leaveUnanswered(served: ServedRequest): void {
    const request = served.request as HttpRequest
    ;(served.worker as Worker).busySince = -1
    request.work.output = null
    this.serving -= 1
    this.host.requestFinished(request)
    this.discard(served)
  }

  /** Closes the connection of a request that will not be answered, unless that has happened. */
  discard(served: ServedRequest): void {
    const { phase } = served
    if (phase === 'over') return
    const request = served.request as HttpRequest
    const port = served.port as ResponsePort
    this.recycle(served)
    if (phase === 'writing' || phase === 'lingering') return
    port.close(request)
    request.release()
  }

  private dropWaiting(): void {
    while (this.line.first !== null) this.drop(this.line.shift())
  }

  private exitWhenDone(): void {
    if (this.serving === 0 && !this.hasPromised()) this.exit()
  }

  private exit(): void {
    if (this.ended) return
    this.kill()
    this.host.exit(SIGTERMED)
  }
}

function isInUse(): boolean {
  return true
}

function isBuffering({ phase }: ServedRequest): boolean {
  return phase === 'buffering'
}

function done(server: Server, served: ServedRequest): void {
  server.done(served)
}

function fork(server: Server, index: number): void {
  server.fork(index)
}
