import { PhraseBook } from './phrase-book.js'
import { any, number, plain, words } from './template.js'

/** Lines that were lost on their way. */
export interface LogLossMessage {
  readonly type: 'log-loss'
  /** `L10`: by a drain; `L11`: by a tail session; `L12` and `L13`: between dyno and logplex. */
  readonly code: 'L10' | 'L11' | 'L12' | 'L13'
  /** Lines that were lost. */
  readonly messages: number
  /** Since when, as the line prints it. */
  readonly since: string
}

/** L14: the certificate of a drain's consumer is not accepted. */
export interface CertificateErrorMessage {
  readonly type: 'certificate-error'
  /** What is wrong with it: `bad certificate`. */
  readonly error: string
  /** Address of the drain. */
  readonly uri: string
}

/** Any other error of the log itself, as L15 and L20. */
export interface LoggingErrorMessage {
  readonly type: 'logging-error'
  readonly code: string
  /** What stands in parentheses. */
  readonly name: string
  /** What follows; null where nothing does. */
  readonly detail: string | null
}

/** What goes wrong with the log itself. */
export type LoggingMessage = LogLossMessage | CertificateErrorMessage | LoggingErrorMessage

const MESSAGES = number('messages')
const SINCE = any('since')
const CODE = plain('code', 'L\\d+')
const NAME = plain('name', '[^)]*')

/**
 * Sources: Heroku Dev Center, "Heroku Error Codes"; the sources of logplex and log-shuttle; a public
 * log with L11.
 */
export const LOGGING: PhraseBook<LoggingMessage> = new PhraseBook<LoggingMessage>()
  .add(
    { type: 'log-loss', code: 'L10' },
    words`Error L10 (output buffer overflow): ${MESSAGES} messages dropped since ${SINCE}.`,
  )
  .add(
    { type: 'log-loss', code: 'L11' },
    {
      'bamboo-2010': words`L11 (Tail buffer overflow) -> This tail session dropped ${MESSAGES} messages since ${SINCE}`,
      'cedar-2012': words`Error L11 (Tail buffer overflow) -> This tail session dropped ${MESSAGES} messages since ${SINCE}.`,
    },
  )
  .add(
    { type: 'log-loss', code: 'L12' },
    words`Error L12: ${MESSAGES} messages dropped since ${SINCE}.`,
    [words`Error L12: ${MESSAGES} messages dropped since ${SINCE}`],
  )
  .add(
    { type: 'log-loss', code: 'L13' },
    words`Error L13: ${MESSAGES} messages lost since ${SINCE}.`,
    [words`Error L13: ${MESSAGES} messages lost since ${SINCE}`],
  )
  .add(
    { type: 'certificate-error' },
    words`Error L14 (certificate validation): error="${plain('error', '[^"]*')}" uri="${plain('uri', '[^"]*')}"`,
  )
  .add({ type: 'logging-error', detail: null }, words`Error ${CODE} (${NAME})`)
  .add({ type: 'logging-error' }, words`Error ${CODE} (${NAME}) ${any('detail')}`)
