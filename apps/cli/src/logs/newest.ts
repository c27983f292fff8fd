/** Keeps the newest of what is added, and forgets the rest. */
export class Newest<Item> {
  private readonly items: Item[] = []
  /** Place of the oldest, once all places are taken. */
  private oldest = 0

  constructor(private readonly capacity: number) {}

  add(item: Item): void {
    const { items, capacity, oldest } = this
    if (items.length < capacity) {
      items.push(item)
      return
    }
    items[oldest] = item
    this.oldest = (oldest + 1) % capacity
  }

  /** Oldest first. */
  toArray(): Item[] {
    return [...this.items.slice(this.oldest), ...this.items.slice(0, this.oldest)]
  }
}
