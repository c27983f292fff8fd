import type { Generation } from '@celadon/contracts'
import { formatLogLine } from '../lines/log-line.js'
import { formatTimestamp } from '../lines/timestamp.js'

/**
 * What logplex answers to those who look back while it keeps no history of the app, in a header
 * beside the lines. Source: logplex's source.
 */
export const HISTORY_DISCARDED_WARNING = 'Warning: log history discarded due to excessive volume.'

const TAILS_FORBIDDEN =
  'Error L20 (Tail sessions forbidden) Tail sessions for this app are forbidden due to log volume.'

/**
 * The name is Heroku's (Heroku Dev Center, "Heroku Error Codes"), its form here a guess after those
 * of L11 and L14: no real line is known.
 */
const HISTORY_UNAVAILABLE = 'Error L15 (Tail buffer temporarily unavailable)'

/**
 * The line of a session that fell behind. `bamboo-2010` has the words of Heroku Dev Center, "Heroku
 * Error Codes", whose sample is of 2011; the others those of logplex's source and of public logs.
 */
export function overflowLine(
  dropped: number,
  sinceMicros: number,
  nowMicros: number,
  generation: Generation,
): string {
  const since = formatTimestamp(sinceMicros, generation)
  const loss = `L11 (Tail buffer overflow) -> This tail session dropped ${dropped} messages since ${since}`
  const text = generation === 'bamboo-2010' ? loss : `Error ${loss}.`
  return noticeLine(text, nowMicros, generation)
}

/** The last line of a session of an app that may not have any: error L20. */
export function forbiddenLine(nowMicros: number, generation: Generation): string {
  return noticeLine(TAILS_FORBIDDEN, nowMicros, generation)
}

/** Stands in the place of the lines while they cannot be read: error L15. */
export function unavailableLine(nowMicros: number, generation: Generation): string {
  return noticeLine(HISTORY_UNAVAILABLE, nowMicros, generation)
}

function noticeLine(text: string, atMicros: number, generation: Generation): string {
  return formatLogLine({ atMicros, source: 'heroku', process: 'logplex', text }, generation)
}
