import type {
  Connection,
  DynoHost,
  DynoProcess,
  HttpRequest,
  MemoryOptions,
  ProcessOptions,
  Program,
  ResponsePort,
  RunningProgram,
} from '@celadon/contracts'
import { CeladonError } from '@celadon/kernel'
import type { DynoManifoldErrorCode } from '../errors.js'

/** How a web server works, as far as the model tells servers apart. */
export interface ServerOptions {
  /** Name in reports, for example `puma 2x5`. */
  readonly name: string
  /** Operating-system processes that serve. */
  readonly processes: number
  /** Requests that each of them serves at the same time. */
  readonly threads: number
  /** True when one thread of a process computes at a time. */
  readonly globalLock: boolean
  /** Connections that wait until a process accepts them; when full, further ones get no answer. */
  readonly backlog: number
  readonly bootMs: number
  readonly memory: MemoryOptions
}

/**
 * Memory of a Rails process. Guesses: 150 MB after boot, 250 MB once warm, 63 % of the way after
 * 2000 requests, no leak.
 */
export const RAILS_MEMORY: MemoryOptions = {
  startMb: 150,
  fullMb: 250,
  growthWorks: 2000,
  leakMb: 0,
}

/** Boot time of a Rails app: within the 3 to 7 s that public logs of small apps show. */
export const RAILS_BOOT_MS = 5_000

/** Size of the error page that Rails sends with status 500, in bytes. A guess. */
const ERROR_PAGE_BYTES = 1_500

/** Makes the program of a web server with these properties. */
export function serverProgram(options: ServerOptions): Program {
  for (const [name, value] of Object.entries({
    processes: options.processes,
    threads: options.threads,
  })) {
    if (!Number.isInteger(value) || value < 1) {
      throw new CeladonError<DynoManifoldErrorCode>(
        'MANIFOLD_OPTION_INVALID',
        `The number of ${name} of ${options.name} must be a whole number, 1 or more, but was ${value}.`,
      )
    }
  }
  return {
    name: options.name,
    bootMs: options.bootMs,
    slots: options.processes * options.threads,
    start: (host) => new Server(options, host),
  }
}

/** A request on the dyno with the port to its router. Reused. */
class Accepted {
  request: HttpRequest | null = null
  port: ResponsePort | null = null
  /** The process that serves it; null while it waits. */
  process: DynoProcess | null = null
  next: Accepted | null = null
}

/** A web server on one dyno: a listen queue in front of processes with threads. */
class Server implements RunningProgram {
  private readonly processes: DynoProcess[]
  private readonly serving = new Set<Accepted>()
  private first: Accepted | null = null
  private last: Accepted | null = null
  private waiting = 0
  private stopping = false
  private free: Accepted | null = null

  constructor(
    private readonly options: ServerOptions,
    private readonly host: DynoHost,
  ) {
    const processOptions: ProcessOptions = {
      threads: options.threads,
      globalLock: options.globalLock,
      memory: options.memory,
    }
    this.processes = Array.from({ length: options.processes }, () => host.spawn(processOptions))
    host.bindPort()
  }

  connect(request: HttpRequest, port: ResponsePort): Connection {
    if (this.stopping) return 'refused'
    const process = this.leastBusy()
    if (process === null && this.waiting >= this.options.backlog) return 'timeout'
    const accepted = this.accept(request, port)
    if (process === null) this.enqueue(accepted)
    else this.serve(accepted, process)
    return 'accepted'
  }

  /** Requests under way are finished; connections that no process has accepted are reset. */
  terminate(): void {
    this.stopping = true
    this.closeWaiting()
    if (this.serving.size === 0) this.host.exit(143)
  }

  kill(): void {
    this.stopping = true
    this.closeWaiting()
    for (const accepted of this.serving) this.close(accepted)
    this.serving.clear()
  }

  /** A process is through with a request. */
  served(accepted: Accepted): void {
    const request = accepted.request as HttpRequest
    const port = accepted.port as ResponsePort
    const process = accepted.process as DynoProcess
    this.serving.delete(accepted)
    this.recycle(accepted)
    this.host.requestFinished(request)
    // What waits on the dyno goes before what a router sends when it hears of this response.
    const next = this.dequeue()
    if (next !== null) this.serve(next, process)
    if (request.work.error === null) port.respond(request, 200, request.endpoint.responseBytes)
    else port.respond(request, 500, ERROR_PAGE_BYTES)
    request.release()
    if (this.stopping && this.serving.size === 0) this.host.exit(143)
  }

  private serve(accepted: Accepted, process: DynoProcess): void {
    const request = accepted.request as HttpRequest
    accepted.process = process
    this.serving.add(accepted)
    this.host.requestStarted(request)
    process.run(request.work, served, this, accepted)
  }

  /** The process with the most idle threads, the first among equals; null when none is idle. */
  private leastBusy(): DynoProcess | null {
    let best: DynoProcess | null = null
    let idleMost = 0
    for (const process of this.processes) {
      if (process.idle > idleMost) {
        idleMost = process.idle
        best = process
      }
    }
    return best
  }

  private accept(request: HttpRequest, port: ResponsePort): Accepted {
    const accepted = this.free ?? new Accepted()
    this.free = accepted.next
    accepted.request = request
    accepted.port = port
    accepted.process = null
    accepted.next = null
    return accepted
  }

  private recycle(accepted: Accepted): void {
    accepted.request = null
    accepted.port = null
    accepted.process = null
    accepted.next = this.free
    this.free = accepted
  }

  private enqueue(accepted: Accepted): void {
    if (this.last === null) this.first = accepted
    else this.last.next = accepted
    this.last = accepted
    this.waiting += 1
  }

  private dequeue(): Accepted | null {
    const accepted = this.first
    if (accepted === null) return null
    this.first = accepted.next
    if (this.first === null) this.last = null
    accepted.next = null
    this.waiting -= 1
    return accepted
  }

  private closeWaiting(): void {
    for (let accepted = this.dequeue(); accepted !== null; accepted = this.dequeue()) {
      this.close(accepted)
    }
  }

  private close(accepted: Accepted): void {
    const request = accepted.request as HttpRequest
    accepted.port?.close(request)
    request.release()
  }
}

function served(server: Server, accepted: Accepted): void {
  server.served(accepted)
}
