import { PhraseBook } from './phrase-book.js'
import { any, number, plain, words } from './template.js'

/** A line that Postgres itself wrote. */
export interface PostgresLogMessage {
  readonly type: 'postgres-log'
  /** What stands before the level: database, number of the line, session, codes. Varies by year. */
  readonly prefix: string
  /** `LOG`, `ERROR`, `FATAL`, `STATEMENT`, `DETAIL` and so on. */
  readonly level: string
  readonly text: string
}

/** A statement that took long, with the time it took. */
export interface PostgresStatementMessage {
  readonly type: 'postgres-statement'
  /** As in {@link PostgresLogMessage}. */
  readonly prefix: string
  /** Time it took in milliseconds, three decimals. */
  readonly durationMs: number
  /** What was done, and with what: `statement: SELECT 1`, `execute <unnamed>: SELECT 1`. */
  readonly statement: string
}

/** A further line of a statement or message that has several. */
export interface PostgresContinuationMessage {
  readonly type: 'postgres-continuation'
  /** Database, and numbers of message and line: `[DATABASE] [7-2]`. */
  readonly prefix: string
  readonly text: string
}

/** What the log of a database says. */
export type PostgresMessage =
  | PostgresLogMessage
  | PostgresStatementMessage
  | PostgresContinuationMessage

const PREFIX = plain('prefix', '\\[.*?')
const LEVEL = plain(
  'level',
  'DEBUG[1-5]?|INFO|NOTICE|WARNING|ERROR|LOG|FATAL|PANIC|STATEMENT|DETAIL|HINT|CONTEXT',
)

/**
 * Sources: Heroku Dev Center, "Understanding Heroku Postgres Log Statements and Common Errors"; public
 * logs of 2011 to 2020.
 */
export const POSTGRES: PhraseBook<PostgresMessage> = new PhraseBook<PostgresMessage>()
  .add(
    { type: 'postgres-statement' },
    words`${PREFIX} LOG:  duration: ${number('durationMs', 3)} ms  ${any('statement')}`,
  )
  .add({ type: 'postgres-log' }, words`${PREFIX} ${LEVEL}:  ${any('text')}`)
  .add(
    { type: 'postgres-continuation' },
    words`${plain('prefix', '(?:\\[[^\\]]*\\] )?\\[\\d+-\\d+\\]')} ${any('text')}`,
  )
