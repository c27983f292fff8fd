import type { LogMessage } from './message.js'

/**
 * Understands a line's text. Never fails: what has no form that is known is a `text`.
 *
 * @param source token name before the brackets: `app`, `heroku`
 * @param process what stands in the brackets: `router`, `web.1`, `api`
 */
export function parseMessage(source: string, process: string, text: string): LogMessage {
  void source
  void process
  return { type: 'text', text }
}
