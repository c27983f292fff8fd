import { CeladonError } from '@celadon/kernel'

/**
 * Codes of the errors that this package throws. They are stable: match on the code, not on the text.
 *
 * - `REPORT_CHART_INVALID`: a chart of a chart page has no series, or points that cannot be drawn.
 * - `REPORT_RESULT_INVALID`: a text is no result of a run, or is one of another version.
 * - `REPORT_ROW_GROUP_INVALID`: the row group size of a table is no integer from 1.
 * - `REPORT_START_INVALID`: `app.startedAt` of a result is no UTC time like `2026-03-02T00:00:00Z`.
 * - `REPORT_TABLE_CLOSED`: a table got a row, or was closed, after it had been closed.
 * - `REPORT_WIDTH_INVALID`: a terminal width is no integer of at least 40.
 * - `REPORT_WINDOW_MISSING`: a result has no view of the metrics page that is this long.
 */
export type ReportErrorCode =
  | 'REPORT_CHART_INVALID'
  | 'REPORT_RESULT_INVALID'
  | 'REPORT_ROW_GROUP_INVALID'
  | 'REPORT_START_INVALID'
  | 'REPORT_TABLE_CLOSED'
  | 'REPORT_WIDTH_INVALID'
  | 'REPORT_WINDOW_MISSING'

/** An error thrown by this package. */
export function reportError(code: ReportErrorCode, message: string): CeladonError<ReportErrorCode> {
  return new CeladonError(code, message)
}
