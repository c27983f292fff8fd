import { PhraseBook } from './phrase-book.js'
import { any, number, plain, word, words } from './template.js'

/** Rails begins with a request. */
export interface RailsStartMessage {
  readonly type: 'rails-start'
  readonly method: string
  /** Path with its query. */
  readonly path: string
  /** Address of the client. */
  readonly address: string
  /** When, as the line prints it. */
  readonly at: string
}

/** Rails has answered a request. */
export interface RailsCompletionMessage {
  readonly type: 'rails-completion'
  readonly status: number
  /** `OK`, `Not Found`. */
  readonly reason: string
  /** Whole milliseconds. */
  readonly durationMs: number
  /** Where the time went: `Views: 47.3ms | ActiveRecord: 5.1ms`; null where it is not told. */
  readonly details: string | null
}

/** What Rails 3 and later print about requests, unless told otherwise. */
export type RailsMessage = RailsStartMessage | RailsCompletionMessage

const REASON = plain('reason', '[^()]*?')

/** Source: Rails' source, `Rails::Rack::Logger` and `ActionController::LogSubscriber`. */
export const RAILS: PhraseBook<RailsMessage> = new PhraseBook<RailsMessage>()
  .add(
    { type: 'rails-start' },
    words`Started ${word('method')} "${plain('path', '[^"]*')}" for ${word('address')} at ${any('at')}`,
  )
  .add(
    { type: 'rails-completion', details: null },
    words`Completed ${number('status')} ${REASON} in ${number('durationMs')}ms`,
  )
  .add(
    { type: 'rails-completion' },
    words`Completed ${number('status')} ${REASON} in ${number('durationMs')}ms (${any('details')})`,
  )
