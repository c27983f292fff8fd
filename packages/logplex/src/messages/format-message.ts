import type { Generation } from '@celadon/contracts'
import { formatRouterLine } from '../lines/format-router-line.js'
import { API } from './api.js'
import { formatAppRequest } from './app-request.js'
import { DYNO_FAULTS } from './dyno-error.js'
import { DYNO_LIFE } from './dyno-life.js'
import { LOGGING } from './logging-error.js'
import type { LogMessage } from './message.js'
import { formatMetrics } from './metric.js'
import { formatAddOnMetrics, formatRuntimeMetrics } from './metrics-messages.js'
import { NGINX } from './nginx.js'
import { POSTGRES } from './postgres-log.js'
import { RAILS } from './rails.js'

/**
 * The text of a message in the words of a generation. What a generation did not have is written in the
 * words of the one that had it; what its words have no place for, as the dyno sizes of a scaling
 * before 2016, is left out.
 *
 * @throws `LOGPLEX_ARGUMENT_INVALID` when the message is of no known type
 */
export function formatMessage(message: LogMessage, generation: Generation): string {
  switch (message.type) {
    case 'request':
      return formatRouterLine(message.line, generation)
    case 'text':
      return message.text
    case 'state-change':
    case 'process-start':
    case 'process-exit':
    case 'process-stop':
    case 'dyno-action':
      return DYNO_LIFE.write(message, generation)
    case 'dyno-error':
    case 'memory-in-use':
      return DYNO_FAULTS.write(message, generation)
    case 'runtime-metrics':
      return formatRuntimeMetrics(message, generation)
    case 'log-loss':
    case 'certificate-error':
    case 'logging-error':
      return LOGGING.write(message, generation)
    case 'add-on-metrics':
      return formatAddOnMetrics(message)
    case 'postgres-log':
    case 'postgres-statement':
    case 'postgres-continuation':
      return POSTGRES.write(message, generation)
    case 'app-request':
      return formatAppRequest(message)
    case 'rails-start':
    case 'rails-completion':
      return RAILS.write(message, generation)
    case 'metrics':
      return formatMetrics(message)
    case 'nginx-request':
    case 'nginx-combined':
      return NGINX.write(message, generation)
    default:
      return API.write(message, generation)
  }
}
