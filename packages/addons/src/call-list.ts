import type { AddOnCall } from '@celadon/contracts'

const INITIAL_CAPACITY = 64

/** Calls in the order of their arrival. It grows when it must and allocates nothing otherwise. */
export class CallList {
  length = 0
  private calls: (AddOnCall | null)[] = new Array(INITIAL_CAPACITY).fill(null)
  private head = 0

  push(call: AddOnCall): void {
    if (this.length === this.calls.length) this.grow()
    this.calls[(this.head + this.length) & (this.calls.length - 1)] = call
    this.length += 1
  }

  shift(): AddOnCall | null {
    if (this.length === 0) return null
    const call = this.calls[this.head] as AddOnCall
    this.calls[this.head] = null
    this.head = (this.head + 1) & (this.calls.length - 1)
    this.length -= 1
    return call
  }

  private grow(): void {
    const { calls, head } = this
    const empty: null[] = new Array(calls.length).fill(null)
    this.calls = calls.slice(head).concat(calls.slice(0, head), empty)
    this.head = 0
  }
}
