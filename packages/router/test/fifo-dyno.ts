import type { Backend, Connection, HttpRequest, ResponsePort } from '@celadon/contracts'
import type { Simulation } from '@celadon/kernel'

/** A dyno that serves one request at a time, in the order in which they came. */
export class FifoDyno implements Backend {
  private readonly line: { readonly request: HttpRequest; readonly port: ResponsePort }[] = []
  private head = 0

  constructor(
    readonly name: string,
    private readonly simulation: Simulation,
  ) {}

  connect(request: HttpRequest, port: ResponsePort): Connection {
    this.line.push({ request, port })
    if (this.line.length - this.head === 1) this.serve()
    return 'accepted'
  }

  served(): void {
    const served = this.line[this.head]
    this.head += 1
    if (this.head < this.line.length) this.serve()
    else this.empty()
    served?.port.respond(served.request, 200, 0)
  }

  private serve(): void {
    const next = this.line[this.head]
    if (next === undefined) return
    next.request.startedAt = this.simulation.now
    this.simulation.schedule(next.request.work.demandMs, served, this)
  }

  private empty(): void {
    this.line.length = 0
    this.head = 0
  }
}

function served(dyno: FifoDyno): void {
  dyno.served()
}
