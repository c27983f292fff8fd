import type { AddOnCall, Scheduler } from '@celadon/contracts'
import { Fifo, TimeWeighted } from '@celadon/kernel'
import { addOnsError } from './errors.js'

/** How large a station is. */
export interface StationOptions {
  readonly scheduler: Scheduler
  /** Calls that are served at the same time: 1 for Redis, the vCPUs for Postgres. */
  readonly servers: number
}

/**
 * Makes a queueing station for an add-on model.
 *
 * @throws `ADDONS_OPTION_INVALID` when `servers` is not a whole number of at least 1
 */
export function createStation(options: StationOptions): Station {
  return new Station(options)
}

/**
 * A number of equal servers and one queue in front of them, first come, first served. A call is
 * served for its `demandMs`, so its latency is the wait plus the demand.
 */
export class Station {
  readonly servers: number

  private readonly scheduler: Scheduler
  private readonly queue = new Fifo<AddOnCall>()
  private readonly idle: Server[] = []
  private readonly level: TimeWeighted

  /** Use {@link createStation}. */
  constructor(options: StationOptions) {
    const { scheduler, servers } = options
    if (!(Number.isInteger(servers) && servers >= 1)) {
      throw addOnsError(
        'ADDONS_OPTION_INVALID',
        `servers must be a whole number of at least 1, but was ${servers}.`,
      )
    }
    this.scheduler = scheduler
    this.servers = servers
    this.level = new TimeWeighted(0, scheduler.now)
    for (let count = 0; count < servers; count += 1) this.idle.push(new Server(this))
  }

  /** Calls that are being served. */
  get busy(): number {
    return this.servers - this.idle.length
  }

  /** Calls that wait for a server. */
  get waiting(): number {
    return this.queue.length
  }

  /** Calls here, served or waiting, summed over time: calls times milliseconds. */
  get levelIntegral(): number {
    return this.level.integral(this.scheduler.now)
  }

  /** Takes a call; finishes it after its wait and its `demandMs`. */
  serve(call: AddOnCall): void {
    this.level.add(1, this.scheduler.now)
    const server = this.idle.pop()
    if (server === undefined) this.queue.push(call)
    else this.begin(server, call)
  }

  /** @internal A server is through with its call. */
  served(server: Server): void {
    const call = server.call as AddOnCall
    this.level.add(-1, this.scheduler.now)
    const next = this.queue.shift()
    if (next === null) this.idle.push(server)
    else this.begin(server, next)
    call.finish()
  }

  private begin(server: Server, call: AddOnCall): void {
    server.call = call
    this.scheduler.schedule(call.demandMs, served, server)
  }
}

class Server {
  call: AddOnCall | null = null
  constructor(readonly station: Station) {}
}

function served(server: Server): void {
  server.station.served(server)
}
