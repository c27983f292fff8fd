export { simulatedConsumer } from './drains/simulated-consumer.js'
export { encodeHttpsFrame, encodeSyslogFrame } from './frames/encode-frame.js'
export { FrameParser, parseFrames } from './frames/frame-parser.js'
export { frameId } from './frames/frame-id.js'
export { httpsHeaders } from './frames/https-headers.js'
export { formatAppLine } from './lines/app-line.js'
export { formatLogLine } from './lines/log-line.js'
export { createLogplex } from './channel/logplex.js'
export { DEFAULT_RING_LINES } from './channel/options.js'
export { formatRouterLine } from './lines/format-router-line.js'
export { parseRouterLine } from './lines/parse-router-line.js'
export { splitLines } from './lines/text-lines.js'
export { formatTimestamp } from './lines/timestamp.js'
export { formatMessage } from './messages/format-message.js'
export { formatMetrics, parseMetrics } from './messages/metric.js'
export { parseMessage } from './messages/parse-message.js'
export { createLogReader } from './reader/log-reader.js'
export { slowReader } from './tails/slow-reader.js'
export { promptReader } from './tails/tail-reader.js'

export type {
  BatchAnswer,
  ConnectAnswer,
  DrainBatch,
  DrainCall,
  DrainConsumer,
} from './drains/consumer.js'
export type { Drain, DrainOptions, DrainStatistics } from './drains/drain.js'
export type { ConsumerOutage, SimulatedConsumerOptions } from './drains/simulated-consumer.js'
export type { FrameForm } from './frames/frame.js'
export type { FrameMessage, FrameProblem, ParsedFrame } from './frames/frame-parser.js'
export type { HttpsHeaders, HttpsHeadersOptions } from './frames/https-headers.js'
export type { SyslogMessage } from './frames/parse-syslog-message.js'
export type { AppLine } from './lines/app-line.js'
export type { LogplexErrorCode } from './errors.js'
export type { Firehose, FirehoseOptions } from './channel/firehose.js'
export type { LineSelection } from './channel/line-filter.js'
export type { HistoryState } from './channel/log-history.js'
export type { DeliveryStatistics } from './delivery/log-delivery.js'
export type { DeliveryOptions, LogplexOutage, OutageAnswer } from './delivery/options.js'
export type { LogLine } from './lines/log-line.js'
export type { Logplex, RecentOptions } from './channel/logplex.js'
export type { LogClock, LogplexOptions, RequestLines } from './channel/options.js'
export type { PostAnswer } from './channel/read-post.js'
export type { LogReader, LogReaderOptions } from './reader/log-reader.js'
export type { ReadCounts } from './reader/read-counts.js'
export type { LineForm, ReadLine } from './reader/read-line.js'
export type { RouterCode, RouterLine } from './lines/router-line.js'
export type {
  ApiActionMessage,
  ApiMessage,
  BuildFailureMessage,
  BuildStartMessage,
  BuildSuccessMessage,
  ConfigVarsMessage,
  DeployMessage,
  MaintenanceMessage,
  OneOffStartMessage,
  ReleaseCommandMessage,
  ReleaseMessage,
  RollbackMessage,
  ScaleMessage,
  SlugCompilationMessage,
} from './messages/api.js'
export type { AppRequestMessage } from './messages/app-request.js'
export type {
  DynoErrorMessage,
  DynoFaultMessage,
  MemoryInUseMessage,
} from './messages/dyno-error.js'
export type {
  DynoActionMessage,
  DynoLifeMessage,
  ProcessExitMessage,
  ProcessStartMessage,
  ProcessStopMessage,
  StateChangeMessage,
} from './messages/dyno-life.js'
export type { Formation, FormationEntry } from './messages/formation.js'
export type {
  CertificateErrorMessage,
  LoggingErrorMessage,
  LoggingMessage,
  LogLossMessage,
} from './messages/logging-error.js'
export type { LogMessage, RequestMessage, TextMessage } from './messages/message.js'
export type { Metric, MetricsLine } from './messages/metric.js'
export type {
  AddOnMetricsMessage,
  MetricsMessage,
  RuntimeMetricsMessage,
} from './messages/metrics-messages.js'
export type {
  NginxCombinedMessage,
  NginxMessage,
  NginxRequestMessage,
} from './messages/nginx.js'
export type {
  PostgresContinuationMessage,
  PostgresLogMessage,
  PostgresMessage,
  PostgresStatementMessage,
} from './messages/postgres-log.js'
export type {
  RailsCompletionMessage,
  RailsMessage,
  RailsStartMessage,
} from './messages/rails.js'
export type { ReaderPause, SlowReaderOptions } from './tails/slow-reader.js'
export type { TailLine, TailReader } from './tails/tail-reader.js'
export type { TailSession, TailStatistics, TailStatus } from './tails/tail-session.js'
