import type { LogLine } from '../../packages/logplex/src/index.js'
import type { ReceivedMessage } from './syslog-receiver.js'

/** What a receiver has to make of a line. `host` is the drain's token, or `host` by HTTPS. */
export function expectedMessage(line: LogLine, host: string): ReceivedMessage {
  const { atMicros, source, process, text } = line
  return { priority: priorityOf(line), atMicros, host, source, process, messageId: '', text }
}

/**
 * Priorities of the lines of a run: router, what dynos use, what happens to them; add-ons; the app.
 * Source: Heroku Dev Center, "Log Drains"; public logs.
 */
function priorityOf({ source, process, text }: LogLine): number {
  if (source === 'heroku' && process === 'router') return 158
  if (source === 'heroku') return text.startsWith('source=') ? 134 : 45
  return process.startsWith('heroku-') ? 134 : 190
}
