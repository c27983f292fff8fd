import type { SchemaElement } from 'hyparquet'
import { ByteWriter } from 'hyparquet-writer/src/bytewriter.js'
import { ParquetWriter } from 'hyparquet-writer/src/parquet-writer.js'
import { reportError } from '../../errors.js'
import type { Column } from './column.js'

/** How a table is written. */
export interface TableOptions {
  /**
   * Rows that are kept in memory and then written together. More of them make a smaller file that is
   * read faster. Default 100,000
   */
  readonly rowGroupSize?: number
}

const ROW_GROUP_SIZE = 100_000

/** How many rows a table keeps in memory. */
export function rowGroupSize(options: TableOptions): number {
  const { rowGroupSize = ROW_GROUP_SIZE } = options
  if (Number.isSafeInteger(rowGroupSize) && rowGroupSize > 0) return rowGroupSize
  throw reportError(
    'REPORT_ROW_GROUP_INVALID',
    `rowGroupSize is ${rowGroupSize}; accepted: integers from 1`,
  )
}

/** A Parquet file that is handed out row group by row group. */
export class TableFile {
  /** Index of the next row in the columns' values. */
  row = 0
  private readonly bytes = new ByteWriter()
  private readonly parquet: ParquetWriter
  private closed = false

  constructor(
    private readonly write: (bytes: Uint8Array) => void,
    private readonly columns: readonly Column[],
    private readonly rowGroupSize: number,
  ) {
    const root: SchemaElement = {
      name: 'schema',
      repetition_type: 'REQUIRED',
      num_children: columns.length,
    }
    this.parquet = new ParquetWriter({
      writer: this.bytes,
      schema: [root, ...columns.map(({ schema }) => schema)],
      // Dictionaries leave little for a compressor, and to it durations are noise.
      codec: 'UNCOMPRESSED',
      createdBy: 'celadon',
    })
  }

  /** The values of the next row are set. */
  endRow(): void {
    this.assertOpen()
    this.row += 1
    if (this.row === this.rowGroupSize) this.writeRows()
  }

  /** Writes what is left and the file's index. */
  close(): void {
    this.assertOpen()
    if (this.row > 0) this.writeRows()
    this.closed = true
    this.parquet.finish()
    this.handOut()
  }

  private writeRows(): void {
    const rows = this.row
    this.row = 0
    this.parquet.write({
      rowGroupSize: rows,
      columnData: this.columns.map(({ schema, encoding, isSearched, values }) => ({
        name: schema.name,
        data: rows === this.rowGroupSize ? values : values.slice(0, rows),
        statistics: isSearched,
        ...(encoding === undefined ? {} : { encoding }),
      })),
    })
    this.handOut()
  }

  private handOut(): void {
    this.write(this.bytes.getBytes().slice())
    this.bytes.index = 0
  }

  private assertOpen(): void {
    if (!this.closed) return
    throw reportError(
      'REPORT_TABLE_CLOSED',
      'The table is closed. Append all rows before close(), and close it once.',
    )
  }
}
