import type { RatePoint } from '@celadon/kernel'
import { CsvError, parse } from 'csv-parse/browser/esm/sync'
import { describe, type Problems } from './problems.js'
import type { SourceFile } from './source-file.js'
import { parseInstant, parseTimeOfDay } from './time.js'

/** Requests that were counted: `requests[i]` in the interval from `timesMs[i]` to the next time. */
export interface Trace {
  /** `elapsed`: times since the start of the run; `calendar`: since 1970. */
  readonly type: 'elapsed' | 'calendar'
  readonly timesMs: readonly number[]
  readonly requests: readonly number[]
}

/** Most rows that are read: almost two years in minutes. */
const ROWS_MAX = 1_000_000

/** Problems with rows that are told; a file of another kind would fill the screen. */
const ROW_PROBLEMS_MAX = 20

const HEADER = 'time,requests'

/**
 * Reads a CSV file with the header `time,requests`. A time is `07:30`, a number of seconds since the
 * start, or an ISO 8601 time. Null, with the reasons in `problems`, when it is none.
 */
export function readTrace(source: SourceFile, problems: Problems): Trace | null {
  const reader = new TraceReader(source.name, problems)
  try {
    parse(source.text, {
      bom: true,
      max_record_size: 1000,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      skip_empty_lines: true,
      to: ROWS_MAX + 2,
      trim: true,
      on_record: (fields: readonly string[], { lines }) => {
        reader.take(fields, lines)
        return null
      },
    })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const { lines = 1 } = error
    reader.reject(Number(lines), 1, error.message)
  }
  return reader.finish()
}

/** The rates of a trace, as steps. The last interval is as long as the one before it. */
export function traceRate(trace: Trace, startMs: number): RatePoint[] {
  const { timesMs, requests } = trace
  const originMs = trace.type === 'calendar' ? startMs : 0
  const lastMs = timesMs.at(-1) ?? 0
  const endMs = lastMs + (lastMs - (timesMs.at(-2) ?? 0))
  const points = timesMs.flatMap((timeMs, index) => {
    const nextMs = timesMs[index + 1] ?? endMs
    const perSecond = ((requests[index] ?? 0) * 1000) / (nextMs - timeMs)
    return [
      { atMs: timeMs - originMs, perSecond },
      { atMs: nextMs - originMs, perSecond },
    ]
  })
  const first = { atMs: (timesMs[0] ?? 0) - originMs, perSecond: 0 }
  return [first, ...points, { atMs: endMs - originMs, perSecond: 0 }]
}

class TraceReader {
  private readonly timesMs: number[] = []
  private readonly requests: number[] = []
  private type: Trace['type'] | null = null
  private headerSeen = false
  private rejected = 0

  constructor(
    private readonly file: string,
    private readonly problems: Problems,
  ) {}

  take(fields: readonly string[], line: number): void {
    const problem = this.headerSeen ? this.addRow(fields) : headerProblem(fields)
    this.headerSeen = true
    if (problem !== null) this.reject(line, problem.column, problem.message)
  }

  private addRow(fields: readonly string[]): RowProblem | null {
    const [timeText = '', requestsText = ''] = fields
    if (fields.length !== 2) {
      return problemAt(1, `the row has ${fields.length} columns; accepted: ${HEADER}`)
    }
    const time = parseTraceTime(timeText)
    if (time === null) {
      const accepted = '07:30, seconds since the start, or 2026-03-02T07:30:00Z'
      return problemAt(1, `time is ${describe(timeText)}; accepted: ${accepted}`)
    }
    const requests = requestsText === '' ? Number.NaN : Number(requestsText)
    if (!(requests >= 0 && requests < Number.POSITIVE_INFINITY)) {
      const message = `requests is ${describe(requestsText)}; accepted: a number of 0 or more`
      return problemAt(timeText.length + 2, message)
    }
    this.type ??= time.type
    if (time.type !== this.type) {
      return problemAt(
        1,
        `time is ${describe(timeText)}, written in another way than the first one`,
      )
    }
    if (time.ms <= (this.timesMs.at(-1) ?? Number.NEGATIVE_INFINITY)) {
      return problemAt(1, `time is ${describe(timeText)}, which is not after the row before it`)
    }
    this.timesMs.push(time.ms)
    this.requests.push(requests)
    return null
  }

  reject(line: number, column: number, message: string): void {
    this.rejected += 1
    if (this.rejected <= ROW_PROBLEMS_MAX) {
      this.problems.add({ file: this.file, line, column, message })
    }
  }

  finish(): Trace | null {
    const { file, timesMs, requests, type } = this
    if (this.rejected > 0) return null
    if (timesMs.length > ROWS_MAX) {
      const message = `has more than ${ROWS_MAX} rows; sum the requests over longer intervals`
      this.problems.add({ file, message })
      return null
    }
    if (type === null || timesMs.length < 2) {
      const message =
        'needs the header time,requests and two rows, which tell how long an interval is'
      this.problems.add({ file, message })
      return null
    }
    return { type, timesMs, requests }
  }
}

interface RowProblem {
  readonly column: number
  readonly message: string
}

function problemAt(column: number, message: string): RowProblem {
  return { column, message }
}

function headerProblem(fields: readonly string[]): RowProblem | null {
  const header = fields.join(',')
  if (header === HEADER) return null
  return problemAt(1, `the header is ${describe(header)}; accepted: ${HEADER}`)
}

function parseTraceTime(
  text: string,
): { readonly type: Trace['type']; readonly ms: number } | null {
  if (/^\d{1,9}(\.\d+)?$/.test(text)) return { type: 'elapsed', ms: Number(text) * 1000 }
  const timeMs = parseTimeOfDay(text)
  if (timeMs !== null) return { type: 'elapsed', ms: timeMs }
  const instantMs = parseInstant(text)
  return instantMs === null ? null : { type: 'calendar', ms: instantMs }
}
