import type { Generation } from '@celadon/contracts'
import { formatRouterLine } from '../lines/format-router-line.js'
import type { LogMessage } from './message.js'

/** The text of a message in the words of a generation. */
export function formatMessage(message: LogMessage, generation: Generation): string {
  switch (message.type) {
    case 'request':
      return formatRouterLine(message.line, generation)
    case 'text':
      return message.text
  }
}
