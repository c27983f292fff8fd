import type { ReadLine } from '@celadon/logplex'
import { LineFilter, type LineWish } from './line-filter.js'
import type { LogPiece } from './log-input.js'
import { type LogStart, startMicros } from './log-start.js'
import { Newest } from './newest.js'

/** Which lines of a log are wanted. */
export interface LineChoice extends LineWish {
  /** Only lines from then on. */
  readonly from: LogStart | null
  /** Only so many of the newest; null for all. */
  readonly newest: number | null
}

/** The lines of a log that are wanted. */
export async function* chooseLines(
  pieces: AsyncIterable<LogPiece>,
  choice: LineChoice,
): AsyncGenerator<LogPiece> {
  const chosen = filterLines(pieces, choice)
  if (choice.newest === null) yield* chosen
  else yield newestLines(chosen, choice.newest)
}

async function* filterLines(
  pieces: AsyncIterable<LogPiece>,
  { from, ...wish }: LineChoice,
): AsyncGenerator<LogPiece> {
  const filter = new LineFilter(wish)
  const gate = new Gate(from)
  for await (const { lines, wholeSeconds } of pieces) {
    const chosen = lines.filter((line) => gate.isOpen(line) && filter.passes(line))
    if (chosen.length > 0) yield { lines: chosen, wholeSeconds }
  }
}

async function newestLines(pieces: AsyncIterable<LogPiece>, count: number): Promise<LogPiece> {
  const newest = new Newest<ReadLine>(count)
  let last = false
  for await (const { lines, wholeSeconds } of pieces) {
    for (const line of lines.slice(-count)) newest.add(copyOf(line))
    last = wholeSeconds
  }
  return { lines: newest.toArray(), wholeSeconds: last }
}

/** A line that no longer keeps the text alive out of which it was cut. */
function copyOf(line: ReadLine): ReadLine {
  const text = Buffer.from(line.text).toString()
  return { ...line, text, message: { type: 'text', text } }
}

/** Opens with the first line of its time; lines without a time go with the one before. */
class Gate {
  private openFromMicros: number | null = null
  private open: boolean

  constructor(private readonly from: LogStart | null) {
    this.open = from === null
  }

  isOpen({ atMicros }: ReadLine): boolean {
    if (this.open || this.from === null || atMicros === null) return this.open
    this.openFromMicros ??= startMicros(this.from, atMicros)
    this.open = atMicros >= this.openFromMicros
    return this.open
  }
}
