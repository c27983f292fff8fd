import type { Simulation } from '@celadon/kernel'
import type { Mark } from './result.js'

/** A code that was absent for this many intervals gets a new mark when it comes back. */
const QUIET_INTERVALS = 10
const MARKS_MAX = 1000

/** Notes what happened when. */
export class Marks {
  private readonly marks: Mark[] = []
  private readonly lastSeen = new Map<string, number>()

  constructor(
    private readonly simulation: Simulation,
    private readonly intervalMs: number,
  ) {}

  /** Notes something that happens now. After 1000 marks further ones are left out. */
  add(type: Mark['type'], label: string): void {
    this.addAt(this.simulation.now, type, label)
  }

  /** Marks the interval in which error codes appear, not each error. */
  noteCodes(counts: Iterable<readonly [string, number]>, interval: number): void {
    for (const [code, count] of counts) {
      if (count === 0) continue
      const last = this.lastSeen.get(code)
      if (last === undefined || interval - last > QUIET_INTERVALS) {
        this.addAt(interval * this.intervalMs, 'error', code)
      }
      this.lastSeen.set(code, interval)
    }
  }

  toArray(): readonly Mark[] {
    return [...this.marks].sort((a, b) => a.atMs - b.atMs)
  }

  private addAt(atMs: number, type: Mark['type'], label: string): void {
    if (this.marks.length < MARKS_MAX) this.marks.push({ atMs, type, label })
  }
}
