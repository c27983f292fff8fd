const INITIAL_CAPACITY = 16

/**
 * A queue in which what comes first leaves first. It lies in a ring that grows when it must, so that
 * adding and taking allocate nothing otherwise, however long the queue is.
 */
export class Fifo<Item> {
  /** Items that wait. */
  length = 0
  private items: (Item | null)[] = new Array(INITIAL_CAPACITY).fill(null)
  private head = 0

  /** Adds an item at the end. */
  push(item: Item): void {
    if (this.length === this.items.length) this.grow()
    this.items[(this.head + this.length) & (this.items.length - 1)] = item
    this.length += 1
  }

  /** Takes the first item; null when there is none. */
  shift(): Item | null {
    if (this.length === 0) return null
    const item = this.items[this.head] as Item
    this.items[this.head] = null
    this.head = (this.head + 1) & (this.items.length - 1)
    this.length -= 1
    return item
  }

  private grow(): void {
    const { items, head } = this
    const empty: null[] = new Array(items.length).fill(null)
    this.items = items.slice(head).concat(items.slice(0, head), empty)
    this.head = 0
  }
}
