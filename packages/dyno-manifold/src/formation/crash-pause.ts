const EARLY_CRASH_MS = 600_000

/** The crashes of one place in the formation, which decide how long it pauses before a restart. */
export class CrashHistory {
  private inRow = 0

  /** A release, or an order to restart, begins the count anew. */
  forget(): void {
    this.inRow = 0
  }

  /**
   * Notes a crash and returns the pause after it. There is none after the first of a row, nor after a
   * crash later than 10 minutes after the start, which begins the count anew. Sources: Heroku changelog
   * 344; Heroku Dev Center, "Automatic Dyno Restarts" (2025).
   *
   * @param ageMs time since the command was started
   * @param pausesMs pauses after the 2nd, 3rd, … crash in a row; the last one repeats
   */
  pauseAfter(ageMs: number, pausesMs: readonly number[]): number {
    this.inRow = ageMs < EARLY_CRASH_MS ? this.inRow + 1 : 0
    if (this.inRow <= 1) return 0
    return pausesMs[Math.min(this.inRow - 2, pausesMs.length - 1)] ?? 0
  }
}
