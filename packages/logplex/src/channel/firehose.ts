import { ByteWriter } from '../bytes/byte-writer.js'
import { requireWhole } from '../errors.js'
import type { LineEncoder } from '../lines/line-encoder.js'
import type { LogOutlet } from './log-outlet.js'
import type { LogRow } from './log-row.js'

/** Bytes in a chunk unless told otherwise. Our choice: a write of 64 KB is cheap everywhere. */
const DEFAULT_CHUNK_BYTES = 65_536
const CHUNK_BYTES_MAX = 16_777_216

/** How a firehose hands its lines on. */
export interface FirehoseOptions {
  /**
   * Bytes after which a chunk is handed on, 1 to 16,777,216. A chunk ends with a line, so it is
   * longer by up to one. Default 65,536.
   */
  readonly chunkBytes?: number
}

/** A reader that gets every line from the moment it was opened; it never falls behind. */
export interface Firehose {
  /** Hands on the lines that wait for their chunk to fill. */
  flush(): void
  /** Flushes and ends the firehose. */
  close(): void
}

/** Collects lines into chunks for one reader. */
export class ChunkedFirehose implements Firehose, LogOutlet {
  private readonly chunk = new ByteWriter()
  private readonly chunkBytes: number

  constructor(
    private readonly write: (chunk: Uint8Array) => void,
    options: FirehoseOptions,
    private readonly encoder: LineEncoder,
    private readonly detach: (firehose: ChunkedFirehose) => void,
  ) {
    this.chunkBytes = options.chunkBytes ?? DEFAULT_CHUNK_BYTES
    requireWhole('chunkBytes', this.chunkBytes, 1, CHUNK_BYTES_MAX)
  }

  take(row: LogRow): void {
    this.encoder.line(row, this.chunk)
    if (this.chunk.length >= this.chunkBytes) this.flush()
  }

  flush(): void {
    const { chunk, write } = this
    if (chunk.length === 0) return
    const bytes = chunk.view()
    chunk.clear()
    write(bytes)
  }

  close(): void {
    this.detach(this)
    this.flush()
  }
}
