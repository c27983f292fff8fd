import { createLogReader, type ReadCounts, type ReadLine } from '../../src/index.js'

export type Piece = Uint8Array | string

export interface ReadLog {
  readonly lines: readonly ReadLine[]
  readonly counts: ReadCounts
}

/** Reads an input piece by piece. */
export function read(pieces: readonly Piece[], year?: number): ReadLog {
  const lines: ReadLine[] = []
  const onLine = (line: ReadLine): void => {
    lines.push(line)
  }
  const reader = createLogReader(year === undefined ? { onLine } : { onLine, year })
  for (const piece of pieces) reader.push(piece)
  reader.end()
  return { lines, counts: reader.counts }
}

/** Time, source, process and text of each line. */
export function outline(input: Piece, year?: number): readonly string[] {
  return read([input], year).lines.map(({ atMicros, source, process, text }) => {
    const time = atMicros === null ? '-' : new Date(atMicros / 1000).toISOString()
    return `${time} ${source}[${process}] ${text}`
  })
}

/** A text as UTF-16 with the high byte first or last. */
export function utf16(text: string, bigEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(text.length * 2)
  const view = new DataView(bytes.buffer)
  for (let index = 0; index < text.length; index += 1) {
    view.setUint16(index * 2, text.charCodeAt(index), !bigEndian)
  }
  return bytes
}
