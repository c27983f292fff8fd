import { setTimeout } from 'node:timers/promises'

/** Wall time, and waiting for it. */
export interface WallClock {
  /** Milliseconds since any fixed moment. */
  now(): number
  /** Resolves after so many milliseconds, or rejects when the signal aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>
}

/** The clock of the machine. */
export const wallClock: WallClock = {
  now: () => performance.now(),
  sleep: (ms, signal) => setTimeout(ms, undefined, { signal }),
}

/** Longest wait that a timer takes, in milliseconds. */
const SLEEP_MAX_MS = 2 ** 31 - 1

/** Times of a log turned into wall time: the first line comes at once, the others in their distance. */
export class Pace {
  private startMicros: number | null = null
  private startedAt = 0

  /** @param speed how many times as fast as the log was written */
  constructor(
    private readonly speed: number,
    private readonly clock: WallClock = wallClock,
  ) {}

  /** Milliseconds until the line of this time is due; 0 or less when it is. */
  dueInMs(atMicros: number): number {
    const { clock } = this
    if (this.startMicros === null) {
      this.startMicros = atMicros
      this.startedAt = clock.now()
    }
    const offsetMs = (atMicros - this.startMicros) / 1000 / this.speed
    return this.startedAt + offsetMs - clock.now()
  }

  /** Waits until the line of this time is due. */
  async wait(atMicros: number, signal: AbortSignal): Promise<void> {
    for (let ms = this.dueInMs(atMicros); ms > 0; ms = this.dueInMs(atMicros)) {
      await this.clock.sleep(Math.min(Math.ceil(ms), SLEEP_MAX_MS), signal)
    }
  }
}
