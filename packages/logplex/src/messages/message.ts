import type { RouterLine } from '../lines/router-line.js'
import type { ApiMessage } from './api.js'
import type { AppRequestMessage } from './app-request.js'
import type { DynoFaultMessage } from './dyno-error.js'
import type { DynoLifeMessage } from './dyno-life.js'
import type { LoggingMessage } from './logging-error.js'
import type {
  AddOnMetricsMessage,
  MetricsMessage,
  RuntimeMetricsMessage,
} from './metrics-messages.js'
import type { NginxMessage } from './nginx.js'
import type { PostgresMessage } from './postgres-log.js'
import type { RailsMessage } from './rails.js'

/** What a line of the log says: its text, understood. */
export type LogMessage =
  | RequestMessage
  | NginxMessage
  | DynoLifeMessage
  | DynoFaultMessage
  | RuntimeMetricsMessage
  | ApiMessage
  | LoggingMessage
  | AddOnMetricsMessage
  | PostgresMessage
  | AppRequestMessage
  | RailsMessage
  | MetricsMessage
  | TextMessage

/** The router's access line. */
export interface RequestMessage {
  readonly type: 'request'
  readonly line: RouterLine
}

/** Whatever has no form that is known: what the app prints. */
export interface TextMessage {
  readonly type: 'text'
  readonly text: string
}
