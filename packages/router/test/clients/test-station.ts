import type { HttpRequest } from '@celadon/contracts'
import { Fifo, type Simulation } from '@celadon/kernel'
import type { RequestTarget } from '../../src/index.js'

/** Servers with one line before them; serving a request takes its demand. */
export class TestStation implements RequestTarget {
  served = 0
  private busy = 0
  private readonly line = new Fifo<HttpRequest>()

  constructor(
    private readonly simulation: Simulation,
    private readonly servers: number,
  ) {}

  handle(request: HttpRequest): void {
    request.retain()
    if (this.busy < this.servers) this.serve(request)
    else this.line.push(request)
  }

  end(request: HttpRequest): void {
    this.busy -= 1
    this.served += 1
    const next = this.line.shift()
    if (next !== null) this.serve(next)
    request.status = 200
    request.sender?.answered(request)
    request.release()
  }

  private serve(request: HttpRequest): void {
    this.busy += 1
    const job = { station: this, request }
    this.simulation.schedule(request.work.demandMs, end, job)
  }
}

function end({ station, request }: { station: TestStation; request: HttpRequest }): void {
  station.end(request)
}
