import type { HttpRequest, ResponsePort } from '@celadon/contracts'
import { ServedRequest } from './served-request.js'
import type { Server } from './server.js'

/** The records of a server, each used again and again. */
export class ServedRequests {
  /** Records in use. */
  inUse = 0
  private readonly all: ServedRequest[] = []
  private free: ServedRequest | null = null

  constructor(private readonly server: Server) {}

  /** A record for a request that waits. */
  take(request: HttpRequest, port: ResponsePort): ServedRequest {
    let served = this.free
    if (served === null) {
      served = new ServedRequest(this.server)
      this.all.push(served)
    } else {
      this.free = served.next
      served.next = null
    }
    this.inUse += 1
    served.request = request
    served.port = port
    served.phase = 'waiting'
    served.sentBytes = 0
    served.abandoned = false
    served.inline = 0
    return served
  }

  recycle(served: ServedRequest): void {
    this.inUse -= 1
    served.disarm()
    served.request = null
    served.port = null
    served.worker = null
    served.phase = 'over'
    served.next = this.free
    this.free = served
  }

  /** Those in use that `choose` picks, in the order in which the records were made. */
  which(choose: (served: ServedRequest) => boolean): readonly ServedRequest[] {
    return this.all.filter((served) => served.phase !== 'over' && choose(served))
  }
}
