import type { HttpRequest } from '@celadon/contracts'
import type { ServedRequest } from './served-request.js'
import type { Server } from './server.js'
import type { Worker } from './worker.js'

/** Waits for the bodies of a server's requests, with or without a thread. */
export class BodyReader {
  /** Requests whose body no thread waits for. */
  buffering = 0

  constructor(private readonly server: Server) {}

  isComplete(served: ServedRequest): boolean {
    return (served.request as HttpRequest).bodyAt <= this.server.scheduler.now
  }

  /** Waits for a body without a thread. */
  buffer(served: ServedRequest): void {
    if (served.abandoned) {
      this.server.drop(served)
      return
    }
    served.phase = 'buffering'
    this.buffering += 1
    const { bodyAt } = served.request as HttpRequest
    const { stalledBody } = this.server.options
    if (bodyAt < Number.POSITIVE_INFINITY) served.arm(bodyAt - this.server.scheduler.now)
    else if (stalledBody !== null) served.arm(stalledBody.afterMs)
  }

  /** A thread reads a body, which takes it as long as its client does. */
  read(worker: Worker, served: ServedRequest): void {
    if (served.abandoned) {
      this.server.leaveUnanswered(served)
      return
    }
    const { bodyAt } = served.request as HttpRequest
    served.phase = 'reading'
    worker.process.occupy()
    if (bodyAt < Number.POSITIVE_INFINITY) served.arm(bodyAt - this.server.scheduler.now)
  }

  /** A body has arrived, or has not for too long. */
  due(served: ServedRequest): void {
    const { server } = this
    if (served.phase === 'reading') {
      const worker = served.worker as Worker
      worker.process.vacate()
      server.run(worker, served)
      return
    }
    this.buffering -= 1
    // Its moment and not the clock decides: their difference may have been rounded down.
    const { bodyAt } = served.request as HttpRequest
    if (bodyAt < Number.POSITIVE_INFINITY) server.ready(served)
    else this.giveUp(served)
  }

  /** A body will not arrive any more: the router has closed the connection. */
  cancel(served: ServedRequest): void {
    if (served.phase === 'buffering') {
      this.buffering -= 1
      this.server.drop(served)
    } else {
      const worker = served.worker as Worker
      worker.process.vacate()
      this.server.leaveUnanswered(served)
      this.server.threadFreed(worker)
    }
  }

  private giveUp(served: ServedRequest): void {
    const { server } = this
    const status = server.options.stalledBody?.status ?? 0
    if (status === 0) {
      server.drop(served)
    } else {
      server.host.requestDropped(served.request as HttpRequest)
      if (served.phase === 'buffering') server.writer.refuse(served, status)
    }
  }
}
