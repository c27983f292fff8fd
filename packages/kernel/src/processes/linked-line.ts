import type { Request } from './request.js'

/** Requests in the order of their arrival, or in the opposite one. */
export class LinkedLine {
  length = 0
  private head: Request | null = null
  private tail: Request | null = null

  /** @param lastFirst who came last is the first */
  constructor(private readonly lastFirst: boolean) {}

  /** The request to be served next; call it only when there is one. */
  get first(): Request {
    return (this.lastFirst ? this.tail : this.head) as Request
  }

  add(request: Request): void {
    request.before = this.tail
    if (this.tail === null) this.head = request
    else this.tail.after = request
    this.tail = request
    this.length += 1
  }

  /** Takes a request of this line out. */
  remove(request: Request): void {
    const { before, after } = request
    if (before === null) this.head = after
    else before.after = after
    if (after === null) this.tail = before
    else after.before = before
    request.before = null
    request.after = null
    this.length -= 1
  }
}
