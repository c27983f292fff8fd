import { requireWhole } from './errors.js'

/** Characters in a chunk unless told otherwise. Our choice: a write of 64 KB is cheap everywhere. */
const DEFAULT_CHUNK_LENGTH = 65_536
const CHUNK_LENGTH_MAX = 16_777_216

/** How a drain hands its lines on. */
export interface LogDrainOptions {
  /**
   * Characters after which a chunk is handed on, 1 to 16,777,216. A chunk ends with a line, so it is
   * longer by up to one. Default 65,536.
   */
  readonly chunkLength?: number
}

/** A reader that gets every line from the moment it was opened. */
export interface LogDrain {
  /** Hands on the lines that wait for their chunk to fill. */
  flush(): void
  /** Flushes and ends the drain. */
  close(): void
}

/** Collects lines into chunks for one reader. */
export class ChunkedDrain implements LogDrain {
  private chunk = ''
  private readonly chunkLength: number

  constructor(
    private readonly write: (chunk: string) => void,
    options: LogDrainOptions,
    private readonly detach: (drain: ChunkedDrain) => void,
  ) {
    this.chunkLength = options.chunkLength ?? DEFAULT_CHUNK_LENGTH
    requireWhole('chunkLength', this.chunkLength, 1, CHUNK_LENGTH_MAX)
  }

  append(line: string): void {
    this.chunk += line
    this.chunk += '\n'
    if (this.chunk.length >= this.chunkLength) this.flush()
  }

  flush(): void {
    const { chunk, write } = this
    if (chunk === '') return
    this.chunk = ''
    write(chunk)
  }

  close(): void {
    this.detach(this)
    this.flush()
  }
}
