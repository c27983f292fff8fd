export { resultJson } from './json.js'
export { renderReport } from './report.js'
export { resultSchema } from './result-schema.js'
export { formatSummary } from './summary.js'

export type { ReportErrorCode } from './errors.js'
export type { JsonSchema } from './json-schema.js'
export type { SummaryOptions } from './summary.js'
export type { Colors } from './terminal-line.js'
