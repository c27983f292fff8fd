import type { HttpRequest, ResponsePort } from '@celadon/contracts'

/** A connection of a router that keeps none alive and does not look at what it gets. */
export class TestPort implements ResponsePort {
  readonly reused: boolean = false
  readonly keepAlive: boolean = false
  keptUntil = -1
  peer: unknown = null

  send(_request: HttpRequest, _status: number, _bytes: number): number {
    return 0
  }

  respond(_request: HttpRequest, _status: number, _bytes: number): number {
    return 0
  }

  upgrade(_request: HttpRequest): void {}

  close(_request: HttpRequest): void {}
}

export const ignorePort: ResponsePort = new TestPort()

/** A router that writes down what it gets: `#1 200 2048` or `#1 closed`. */
class NotingPort extends TestPort {
  readonly heard: string[] = []

  override respond(request: HttpRequest, status: number, bytes: number): number {
    this.heard.push(`#${request.id} ${status} ${bytes}`)
    return 0
  }

  override close(request: HttpRequest): void {
    this.heard.push(`#${request.id} closed`)
  }
}

export function createPort(): ResponsePort & { readonly heard: string[] } {
  return new NotingPort()
}
