import type { ReadLine } from '@celadon/logplex'
import type { LogPiece } from './log-input.js'
import type { Pace } from './pace.js'

/** Where lines go to. */
export interface LineSink {
  /** Takes a line. What it returns is waited for before the next one. */
  add(line: ReadLine, wholeSeconds: boolean): Promise<void> | undefined
  /** Hands on what waits for more to come. */
  flush(): Promise<void>
}

/** Gives the lines to a sink, each when it is due. Without a pace all are due. */
export async function pourLines(
  pieces: AsyncIterable<LogPiece>,
  sink: LineSink,
  pace: Pace | null,
  signal: AbortSignal,
): Promise<void> {
  for await (const { lines, wholeSeconds } of pieces) {
    for (const line of lines) {
      const { atMicros } = line
      if (pace !== null && atMicros !== null && pace.dueInMs(atMicros) > 0) {
        await sink.flush()
        await pace.wait(atMicros, signal)
      }
      const full = sink.add(line, wholeSeconds)
      if (full !== undefined) await full
      if (signal.aborted) return
    }
    await sink.flush()
  }
}
