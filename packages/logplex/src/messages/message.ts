import type { RouterLine } from '../lines/router-line.js'

/** What a line of the log says: its text, understood. */
export type LogMessage = RequestMessage | TextMessage

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
