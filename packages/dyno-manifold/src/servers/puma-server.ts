import type { DynoHost, HttpRequest, ResponsePort } from '@celadon/contracts'
import { ClusterServer } from './cluster-server.js'
import type { PumaRules } from './puma-rules.js'
import { ServedRequest } from './served-request.js'
import type { ResolvedServerOptions } from './server-options.js'
import type { Worker } from './worker.js'

/** Puma on one dyno, by the rules of one of its versions. */
export class PumaServer extends ClusterServer {
  private pausing = false

  constructor(
    options: ResolvedServerOptions,
    host: DynoHost,
    private readonly rules: PumaRules,
  ) {
    super(options, host)
  }

  override due(served: ServedRequest): void {
    if (served.phase === 'lingering') this.stopLingering(served)
    else super.due(served)
  }

  /** Busy workers have held back long enough: each that has room accepts one connection. */
  pauseOver(): void {
    this.pausing = false
    if (this.ended) return
    const { threads } = this.options
    let accepting = 0
    for (const worker of this.workers) if (worker.load < threads) accepting += 1
    for (; accepting > 0 && this.line.first !== null; accepting -= 1) {
      const worker = this.anyBelow(threads)
      if (worker !== null) this.admit(worker, this.line.shift())
    }
    this.accept()
  }

  protected override acceptor(): Worker | null {
    const { ahead, busyPauseMs, yieldsByLoad } = this.rules
    const { threads } = this.options
    if (yieldsByLoad) return this.leastLoaded()
    if (busyPauseMs === 0) return this.anyBelow(threads + ahead)
    const idle = this.anyBelow(1)
    if (idle === null && !this.pausing) {
      this.pausing = true
      this.scheduler.schedule(busyPauseMs, pauseOver, this)
    }
    return idle
  }

  protected override arrived(served: ServedRequest, peer: unknown): void {
    if (peer instanceof ServedRequest && peer.phase === 'lingering') this.goOn(served, peer)
    else super.arrived(served, peer)
  }

  /** A worker that holds back accepts when one of its requests ends. */
  protected override distribute(worker: Worker): void {
    const holdsBack = this.line.first !== null && this.rules.busyPauseMs > 0
    if (holdsBack && worker.load < this.options.threads) this.admit(worker, this.line.shift())
    super.distribute(worker)
  }

  override keep(served: ServedRequest, port: ResponsePort): boolean {
    if (this.options.keepAliveMs === 0 || !port.keepAlive || this.stopping) return false
    const { closesWhenCrowded, inlineMax, lingerMs, staysUnlessOthersWait } = this.rules
    const worker = served.worker as Worker
    served.inline += 1
    const isLong = served.inline >= inlineMax
    // The thread that has just served is idle already, but is one of the busy ones here.
    const isFull = worker.load + 1 >= worker.threads
    if (isLong && closesWhenCrowded && isFull && this.line.first !== null) return false
    super.keep(served, port)
    const leaves = isLong && (!staysUnlessOthersWait || worker.todo.first !== null)
    if (lingerMs === 0 || leaves) return false
    served.request = null
    served.phase = 'lingering'
    port.peer = served
    worker.process.occupy()
    served.arm(lingerMs)
    return true
  }

  override block(worker: Worker, request: HttpRequest, port: ResponsePort, ms: number): void {
    const served = port.peer
    if (served instanceof ServedRequest && served.phase === 'lingering') {
      served.disarm()
      served.arm(ms + this.rules.lingerMs)
    } else {
      super.block(worker, request, port, ms)
    }
  }

  /** The thread that waits on this connection serves its next request, whoever else waits. */
  private goOn(served: ServedRequest, before: ServedRequest): void {
    const worker = before.worker as Worker
    served.inline = before.inline
    this.recycle(before)
    worker.process.vacate()
    served.worker = worker
    if (this.bodies.isComplete(served)) {
      this.take(worker, served)
    } else {
      this.bodies.buffer(served)
      this.distribute(worker)
    }
  }

  private stopLingering(served: ServedRequest): void {
    const worker = served.worker as Worker
    const port = served.port as ResponsePort
    port.peer = worker
    this.recycle(served)
    worker.process.vacate()
    this.threadFreed(worker)
  }

  private leastLoaded(): Worker {
    let best = this.workers[0] as Worker
    let least = best.load
    for (let index = 1; index < this.workers.length && least > 0; index += 1) {
      const worker = this.workers[index] as Worker
      if (worker.load >= least) continue
      best = worker
      least = worker.load
    }
    return best
  }
}

function pauseOver(server: PumaServer): void {
  server.pauseOver()
}
