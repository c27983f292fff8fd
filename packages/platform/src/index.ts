export { createPlatform, Platform } from './platform.js'

export type {
  App,
  AppParts,
  Attachment,
  EndpointDescription,
  JobDescription,
  PlannedEvent,
  ProcessType,
  TaskDescription,
  Workload,
} from './app.js'
export type { PlatformErrorCode } from './errors.js'
export type {
  AddOnSummary,
  CostItem,
  JobSummary,
  LatencySummary,
  Mark,
  ProcessSummary,
  RequestSummary,
  RunResult,
  Series,
} from './result.js'
