import type { RandomStream } from '../random/random-stream.js'

/**
 * Times at which customers arrive. A process remembers where it is, so each one belongs to one
 * source, which asks in order of time.
 */
export interface ArrivalProcess {
  /**
   * The time of the first arrival after `nowMs`, the time of the arrival before; `Infinity` when
   * there is none. Both in milliseconds of virtual time.
   */
  next(nowMs: number, stream: RandomStream): number
}
