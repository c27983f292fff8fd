export { renderChartPage } from './chart-page/render-chart-page.js'
export { openMetrics } from './exports/openmetrics/open-metrics.js'
export { createRequestTable, RequestTable } from './exports/parquet/request-table.js'
export { createSampleTable, SampleTable } from './exports/parquet/sample-table.js'
export { resultJson } from './json.js'
export { formatMetricsPage } from './metrics-charts/format-metrics-page.js'
export { readResult } from './read-result.js'
export { renderReport } from './report.js'
export { resultSchema } from './result-schema.js'
export { formatSummary } from './summary.js'

export type {
  ChartAxis,
  ChartMark,
  ChartPage,
  LineChart,
  LinePoint,
  LineSeries,
} from './chart-page/chart-page.js'
export type { ReportErrorCode } from './errors.js'
export type { RequestTableOptions } from './exports/parquet/request-table.js'
export type { MetricSample } from './exports/parquet/sample-table.js'
export type { TableOptions } from './exports/parquet/table-file.js'
export type { JsonSchema } from './json-schema.js'
export type { MetricsPageOptions } from './metrics-charts/format-metrics-page.js'
export type { Unit } from './quantity.js'
export type { SummaryOptions } from './summary.js'
export type { Colors } from './terminal-line.js'
