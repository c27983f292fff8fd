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

/**
 * Makes the program of a web server with these properties.
 *
 * @throws `MANIFOLD_OPTION_INVALID`
 */
export function serverProgram(options: ServerOptions): Program {
  const { name, processes, threads, backlog, bootMs } = options
  const isCount = Number.isInteger
  requireOption(
    `processes of ${name}`,
    processes,
    isCount(processes) && processes >= 1,
    '1 or more',
  )
  requireOption(`threads of ${name}`, threads, isCount(threads) && threads >= 1, '1 or more')
  requireOption(`backlog of ${name}`, backlog, isCount(backlog) && backlog >= 0, '0 or more')
  requireOption(`bootMs of ${name}`, bootMs, bootMs >= 0, '0 or more')
  return {
    name,
    bootMs,
    slots: processes * threads,
    start: (host) => new Server(options, host),
  }
}

/** A request on the dyno with the port to its router. Reused. */
class Accepted {
  /** Null while the record is not in use. */
  request: HttpRequest | null = null
  port: ResponsePort | null = null
  next: Accepted | null = null
}

/** A web server on one dyno: a listen queue in front of processes with threads. */
class Server implements RunningProgram {
  private readonly processes: DynoProcess[]
  /** All records that were ever made. */
  private readonly records: Accepted[] = []
  private free: Accepted | null = null
  /** The listen queue, oldest first. */
  private first: Accepted | null = null
  private last: Accepted | null = null
  private waiting = 0
  private serving = 0
  private assigning = false
  private stopping = false

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
    if (this.waiting >= this.options.backlog && this.leastBusy() === null) return 'timeout'
    request.retain()
    this.enqueue(this.record(request, port))
    this.assign()
    return 'accepted'
  }

  /** Requests under way are finished; connections that no process has accepted are reset. */
  terminate(): void {
    this.stopping = true
    this.closeWaiting()
    this.exitWhenDone()
  }

  kill(): void {
    this.closeWaiting()
    this.serving = 0
    for (const accepted of this.records) if (accepted.request !== null) this.close(accepted)
  }

  /** A process is through with a request. */
  served(accepted: Accepted): void {
    const request = accepted.request as HttpRequest
    const port = accepted.port as ResponsePort
    this.serving -= 1
    this.recycle(accepted)
    this.host.requestFinished(request)
    if (request.work.error === null) port.respond(request, 200, request.endpoint.responseBytes)
    else port.respond(request, 500, ERROR_PAGE_BYTES)
    request.release()
    this.assign()
    if (this.stopping) this.exitWhenDone()
  }

  /**
   * Gives waiting requests to idle threads. A loop and not a recursion: when an add-on refuses
   * connections, request after request fails at the same moment.
   */
  private assign(): void {
    if (this.assigning) return
    this.assigning = true
    while (this.first !== null) {
      const process = this.leastBusy()
      if (process === null) break
      const accepted = this.dequeue(this.first)
      const request = accepted.request as HttpRequest
      this.serving += 1
      this.host.requestStarted(request)
      process.run(request.work, served, this, accepted)
    }
    this.assigning = false
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

  private record(request: HttpRequest, port: ResponsePort): Accepted {
    let accepted = this.free
    if (accepted === null) {
      accepted = new Accepted()
      this.records.push(accepted)
    } else {
      this.free = accepted.next
      accepted.next = null
    }
    accepted.request = request
    accepted.port = port
    return accepted
  }

  private recycle(accepted: Accepted): void {
    accepted.request = null
    accepted.port = null
    accepted.next = this.free
    this.free = accepted
  }

  private enqueue(accepted: Accepted): void {
    if (this.last === null) this.first = accepted
    else this.last.next = accepted
    this.last = accepted
    this.waiting += 1
  }

  private dequeue(accepted: Accepted): Accepted {
    this.first = accepted.next
    if (this.first === null) this.last = null
    accepted.next = null
    this.waiting -= 1
    return accepted
  }

  private closeWaiting(): void {
    while (this.first !== null) this.close(this.dequeue(this.first))
  }

  private close(accepted: Accepted): void {
    const request = accepted.request as HttpRequest
    const port = accepted.port as ResponsePort
    this.recycle(accepted)
    port.close(request)
    request.release()
  }

  private exitWhenDone(): void {
    if (this.serving === 0) this.host.exit(143)
  }
}

function served(server: Server, accepted: Accepted): void {
  server.served(accepted)
}

function requireOption(option: string, value: number, holds: boolean, accepted: string): void {
  if (holds) return
  throw new CeladonError<DynoManifoldErrorCode>(
    'MANIFOLD_OPTION_INVALID',
    `The option ${option} must be a number, ${accepted}, but was ${value}.`,
  )
}
