import type { Generation } from '@celadon/contracts'
import type { LogLine } from '@celadon/logplex'

/** Brings batches of frames to a consumer. */
export interface Transport {
  /** Bytes below which batches stay. */
  readonly batchBytes: number
  /** The line as a frame, with the times of a generation. */
  encode(line: LogLine, generation: Generation): Uint8Array
  /**
   * Resolves when the consumer has taken the batch.
   *
   * @throws CommandError when it does not
   */
  send(batch: Uint8Array, messages: number): Promise<void>
  /**
   * Ends in an orderly way, and waits until everything has arrived, as far as the consumer says so.
   *
   * @throws CommandError when the end of it has not
   */
  close(): Promise<void>
  /** Lets go of the connection at once. */
  abandon(): void
}
