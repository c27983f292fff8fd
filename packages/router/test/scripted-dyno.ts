import type { Connection, HttpRequest, ResponsePort } from '@celadon/contracts'
import type { Simulation } from '@celadon/kernel'
import { type Manner, TestDyno } from './test-pool.js'

/** A test dyno that notes down what a router must not do to a dyno. */
export class ScriptedDyno extends TestDyno {
  /** Connections that it keeps alive, with the time of their end. */
  private readonly idle: Map<ResponsePort, number> = new Map()

  /** @param keepMs time for which it keeps connections alive; 0: it closes them */
  constructor(
    name: string,
    manner: Manner,
    private readonly keepMs: number,
    private readonly simulation: Simulation,
    private readonly faults: string[],
  ) {
    super(name, manner)
  }

  override connect(request: HttpRequest, port: ResponsePort): Connection {
    if (port.reused) this.inspect(port)
    if (this.kept.some((each) => each.port === port)) this.note('gets two requests at once')
    if (request.bodyAt < this.simulation.now) this.note('does not know when it has the body')
    this.idle.delete(port)
    this.keep()
    const taken = super.connect(request, port)
    if (this.manner === 'answer') this.noteIdle(port)
    return taken
  }

  override answer(status = 200): boolean {
    const port = this.kept[0]?.port
    this.keep()
    const answered = super.answer(status)
    if (port !== undefined) this.noteIdle(port)
    return answered
  }

  override disconnected(request: HttpRequest): void {
    const kept = this.kept.some((each) => each.request === request)
    // It may be through with a response on which it is blocked.
    if (!kept && request.firstByteAt < 0) this.note(`has not got request ${request.id}`)
    super.disconnected(request)
  }

  private keep(): void {
    this.keptUntil = this.keepMs > 0 ? this.simulation.now + this.keepMs : -1
  }

  /** A port that is still kept after the answer was not used again within it. */
  private noteIdle(port: ResponsePort): void {
    if (port.keptUntil > 0 && port.keptUntil === this.keptUntil) this.idle.set(port, this.keptUntil)
  }

  private inspect(port: ResponsePort): void {
    const until = this.idle.get(port)
    if (!port.keepAlive) this.note('must not keep connections but gets one again')
    if (until !== undefined && until < this.simulation.now) this.note('gets a closed connection')
  }

  private note(fault: string): void {
    this.faults.push(`${this.name} ${fault}`)
  }
}
