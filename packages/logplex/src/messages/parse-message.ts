import { parseRouterLine } from '../lines/parse-router-line.js'
import { API } from './api.js'
import { readAppRequest } from './app-request.js'
import { DYNO_FAULTS } from './dyno-error.js'
import { DYNO_LIFE } from './dyno-life.js'
import { LOGGING } from './logging-error.js'
import type { LogMessage } from './message.js'
import { readAddOnMetrics, readMetricsMessage, readRuntimeMetrics } from './metrics-messages.js'
import { NGINX } from './nginx.js'
import { POSTGRES } from './postgres-log.js'
import { RAILS } from './rails.js'

/** In longer texts regular expressions may run out of stack. Our limit; Heroku's have 10,000 bytes. */
const TEXT_LENGTH_MAX = 1_000_000

const METRICS_BEGIN = /^(?:source=|measure[#.]|sample#|count#)/

/**
 * Understands a line's text, of whatever generation. Never fails: what has no form that is known is a
 * `text`, and so is what has more than 1,000,000 characters.
 *
 * @param source token name before the brackets: `app`, `heroku`
 * @param process what stands in the brackets: `router`, `web.1`, `api`
 */
export function parseMessage(source: string, process: string, text: string): LogMessage {
  if (text.length > TEXT_LENGTH_MAX) return { type: 'text', text }
  if (process === 'router') {
    const line = parseRouterLine(text)
    return line === null ? { type: 'text', text } : { type: 'request', line }
  }
  return readOf(source, process, text) ?? { type: 'text', text }
}

function readOf(source: string, process: string, text: string): LogMessage | null {
  switch (source) {
    case 'heroku':
      return readOfHeroku(process, text)
    case 'logplex':
      // By its source code, logplex writes to a tail session as `logplex[1]`.
      return LOGGING.read(text)
    default:
      return readOfApp(process, text)
  }
}

function readOfHeroku(process: string, text: string): LogMessage | null {
  switch (process) {
    case 'api':
    case 'slugc':
    case 'slug-compiler':
      return API.read(text)
    case 'nginx':
      return NGINX.read(text)
    case 'logplex':
      return LOGGING.read(text)
    default:
      return readOfDyno(text)
  }
}

function readOfDyno(text: string): LogMessage | null {
  if (text.startsWith('source=')) return readRuntimeMetrics(text) ?? readMetricsMessage(text)
  return DYNO_LIFE.read(text) ?? DYNO_FAULTS.read(text)
}

function readOfApp(process: string, text: string): LogMessage | null {
  switch (process) {
    case 'api':
      return API.read(text)
    case 'log-shuttle':
      return LOGGING.read(text)
    default:
      if (isDataService(process)) return readAddOnMetrics(text) ?? POSTGRES.read(text)
      return readOfProgram(text)
  }
}

/** `heroku-postgres`, `heroku-redis`; `postgres`, `postgres.13761` for the log of a database. */
function isDataService(process: string): boolean {
  return process.startsWith('heroku-') || process === 'postgres' || process.startsWith('postgres.')
}

/** Most of what a program prints has no form; a look at its beginning tells. */
function readOfProgram(text: string): LogMessage | null {
  if (text.startsWith('method=')) return readAppRequest(text)
  if (text.startsWith('Started ') || text.startsWith('Completed ')) return RAILS.read(text)
  return METRICS_BEGIN.test(text) ? readMetricsMessage(text) : null
}
