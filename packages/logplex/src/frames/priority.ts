import type { LogSource } from '@celadon/contracts'

/** syslog.notice: a dyno's state, events of the platform. */
const PLATFORM = 45
/** local0.info: add-ons, and what a dyno uses of memory and processor. */
const ADD_ON = 134
/** local3.info */
const ROUTER = 158
/** local5.warning: lines that were lost. */
const LOSS = 172
/** local7.info */
const APP = 190

const DYNO = /\.\d+$/
const RUNTIME_METRICS = 'source='

/**
 * The syslog priority of a line: facility times 8, plus severity. Source: logplex's and log-shuttle's
 * source, Heroku Dev Center, "Log Drains", public logs. Events of the API are guesses: 45 from
 * `heroku`, 190 from `app`.
 */
export function priorityOf(source: LogSource, process: string, text: string): number {
  if (source === 'heroku') {
    if (process === 'router' || process === 'nginx') return ROUTER
    if (process === 'logplex') return LOSS
    return DYNO.test(process) && text.startsWith(RUNTIME_METRICS) ? ADD_ON : PLATFORM
  }
  if (process === 'log-shuttle') return LOSS
  return process === 'api' || DYNO.test(process) ? APP : ADD_ON
}
