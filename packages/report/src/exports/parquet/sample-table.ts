import { doubles, texts, timestamps } from './column.js'
import { rowGroupSize, TableFile, type TableOptions } from './table-file.js'

/** One value that was measured at one moment. */
export interface MetricSample {
  /** Whole microseconds since 1970, UTC. */
  readonly atMicros: number
  /** Who wrote it: `app` or `heroku`. */
  readonly source: string
  /** What stands in brackets after it in the log: `web.1`, `heroku-postgres`. */
  readonly process: string
  /** For example `memory_rss`, `load_avg_1m`, `checkout`. */
  readonly name: string
  /** As in the log: `sample`, `measure` or `count`. */
  readonly kind: string
  readonly value: number
  /** Letters right after the number, such as `MB`; empty when there were none. */
  readonly unit: string
}

/**
 * Makes a Parquet file with one row per sample: runtime metrics, what add-ons say of themselves, what
 * the app's own lines measured. Its columns are `measured_at` (UTC, microseconds), `source`, `process`, `name`,
 * `kind`, `value` and `unit` (null when there was none).
 *
 * @example
 * const table = createSampleTable((bytes) => file.write(bytes))
 * const sample = { name: 'memory_rss', kind: 'sample', value: 312.5, unit: 'MB' }
 * table.append({ atMicros: 1_772_442_186_123_456, source: 'heroku', process: 'web.1', ...sample })
 * table.close()
 *
 * @param write gets the bytes of the file in order, a row group at a time, and may keep them
 * @throws `REPORT_ROW_GROUP_INVALID` when `rowGroupSize` is no integer from 1
 */
export function createSampleTable(
  write: (bytes: Uint8Array) => void,
  options: TableOptions = {},
): SampleTable {
  return new SampleTable(write, options)
}

/** Samples as rows of a Parquet file. The same samples give the same bytes. */
export class SampleTable {
  private readonly columns: ReturnType<typeof sampleColumns>
  private readonly file: TableFile

  /** Use {@link createSampleTable}. */
  constructor(write: (bytes: Uint8Array) => void, options: TableOptions) {
    const rows = rowGroupSize(options)
    this.columns = sampleColumns(rows)
    this.file = new TableFile(write, Object.values(this.columns), rows)
  }

  /**
   * Adds a row.
   *
   * @throws `REPORT_TABLE_CLOSED` after `close`
   */
  append({ atMicros, source, process, name, kind, value, unit }: MetricSample): void {
    const { columns, file } = this
    const { row } = file
    columns.measured_at.values[row] = BigInt(atMicros)
    columns.source.values[row] = source
    columns.process.values[row] = process
    columns.name.values[row] = name
    columns.kind.values[row] = kind
    columns.value.values[row] = value
    columns.unit.values[row] = unit === '' ? null : unit
    file.endRow()
  }

  /**
   * Writes the last rows and the file's index.
   *
   * @throws `REPORT_TABLE_CLOSED` when it was closed before
   */
  close(): void {
    this.file.close()
  }
}

/** In the order of the file. */
function sampleColumns(rows: number) {
  return {
    measured_at: timestamps('measured_at', rows),
    source: texts('source', rows),
    process: texts('process', rows),
    name: texts('name', rows),
    kind: texts('kind', rows),
    value: doubles('value', rows),
    unit: texts('unit', rows),
  }
}
