export { createMonitor, Monitor } from './monitor.js'
export { createPlatform, Platform } from './platform.js'
export { taskProgram } from './task.js'
export { createTraffic, Traffic } from './traffic.js'

export type {
  App,
  AppParts,
  Attachment,
  DrainDescription,
  DynoTreatment,
  EndpointDescription,
  JobDescription,
  Logging,
  PlannedEvent,
  ProcessType,
  Routing,
  TaskDescription,
  Workload,
} from './app.js'
export type { PlatformErrorCode } from './errors.js'
export type { JobMonitor } from './job-monitor.js'
export type { Jobs } from './jobs.js'
export type { Latency } from './latency.js'
export type { Marks } from './marks.js'
export type { AlertReminder, AlertRule, AlertSensitivity } from './metrics/alert-rule.js'
export type {
  Alert,
  CustomMetric,
  Metrics,
  MetricsView,
  MetricsWindow,
  ProcessMetrics,
} from './metrics/metrics.js'
export type { MetricsMonitor } from './metrics/metrics-monitor.js'
export type { MonitoredParts, MonitorOptions } from './monitor.js'
export type { PlatformOptions } from './platform.js'
export type { RequestMonitor } from './request-monitor.js'
export type {
  AddOnSummary,
  ClientSummary,
  CostItem,
  DrainSummary,
  JobSummary,
  LatencySummary,
  LogSummary,
  Mark,
  ProcessSummary,
  RequestSummary,
  RunResult,
  Series,
} from './result.js'
export type { TaskOptions } from './task.js'
export type { TrafficOptions } from './traffic.js'
