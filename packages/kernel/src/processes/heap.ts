/** What a heap holds. It keeps its notes in the entry itself. */
interface HeapEntry {
  /** The lowest comes first. It must not change while the entry is in the heap. */
  rank: number
  /** Set by the heap: of equal ranks, the one that was added first comes first. */
  sequence: number
  /** Set by the heap: where the entry is, -1 when it is in none. */
  place: number
}

/** A binary heap whose entries know their place, so that any of them can be taken out. */
export class Heap<Entry extends HeapEntry> {
  private readonly entries: Entry[] = []
  private sequence = 0

  get length(): number {
    return this.entries.length
  }

  /** The entry of the lowest rank; call it only when there is one. */
  get first(): Entry {
    return this.entries[0] as Entry
  }

  add(entry: Entry): void {
    const { entries } = this
    entry.sequence = this.sequence
    this.sequence += 1
    entries.push(entry)
    this.rise(entry, entries.length - 1)
  }

  has(entry: Entry): boolean {
    return entry.place >= 0 && this.entries[entry.place] === entry
  }

  /** Takes an entry of this heap out. */
  remove(entry: Entry): void {
    const { place } = entry
    const last = this.entries.pop() as Entry
    entry.place = -1
    if (last === entry) return
    this.sink(last, place)
    this.rise(last, last.place)
  }

  private rise(entry: Entry, from: number): void {
    const { entries } = this
    let place = from
    while (place > 0) {
      const parent = entries[(place - 1) >> 1] as Entry
      if (!isBefore(entry, parent)) break
      entries[place] = parent
      parent.place = place
      place = (place - 1) >> 1
    }
    entries[place] = entry
    entry.place = place
  }

  private sink(entry: Entry, from: number): void {
    const { entries } = this
    let place = from
    for (let child = 2 * place + 1; child < entries.length; child = 2 * place + 1) {
      if (
        child + 1 < entries.length &&
        isBefore(entries[child + 1] as Entry, entries[child] as Entry)
      ) {
        child += 1
      }
      const lower = entries[child] as Entry
      if (!isBefore(lower, entry)) break
      entries[place] = lower
      lower.place = place
      place = child
    }
    entries[place] = entry
    entry.place = place
  }
}

function isBefore(a: HeapEntry, b: HeapEntry): boolean {
  return a.rank < b.rank || (a.rank === b.rank && a.sequence < b.sequence)
}
