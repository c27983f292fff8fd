import { type FileMetaData, parquetMetadata, parquetReadObjects } from 'hyparquet'

/** Moments are read as microseconds since 1970, of which a Date would keep the milliseconds. */
const parsers = { timestampFromMicroseconds: (micros: bigint): bigint => micros }

/** Keeps what a table hands out. */
export class Chunks {
  readonly chunks: Uint8Array[] = []

  readonly write = (bytes: Uint8Array): void => {
    this.chunks.push(bytes)
  }

  /** The whole file. */
  file(): ArrayBuffer {
    const bytes = new Uint8Array(this.chunks.reduce((sum, { length }) => sum + length, 0))
    let offset = 0
    for (const chunk of this.chunks) {
      bytes.set(chunk, offset)
      offset += chunk.length
    }
    return bytes.buffer
  }

  metadata(): FileMetaData {
    return parquetMetadata(this.file(), { parsers })
  }

  rows(): Promise<Record<string, unknown>[]> {
    return parquetReadObjects({ file: this.file(), parsers })
  }
}
