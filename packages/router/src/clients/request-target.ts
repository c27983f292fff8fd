import type { HttpRequest } from '@celadon/contracts'

/** Where requests go: a router, or a client that stands in front of one, such as `retrying`. */
export interface RequestTarget {
  /** Takes a request at the present moment. Its sender hears of the answer, maybe before this returns. */
  handle(request: HttpRequest): void
}
