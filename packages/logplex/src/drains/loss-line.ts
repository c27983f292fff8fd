import { isoSecond } from '@celadon/kernel'
import type { LogLine } from '../lines/log-line.js'

/**
 * The line that tells a drain's consumer what it missed. Source of the words: Heroku Dev Center,
 * "Heroku Error Codes"; logplex's source.
 */
export function lossLine(atMicros: number, lost: number, sinceMicros: number): LogLine {
  const since = `${isoSecond(sinceMicros / 1000)}+00:00`
  const text = `Error L10 (output buffer overflow): ${lost} messages dropped since ${since}.`
  return { atMicros, source: 'heroku', process: 'logplex', text }
}
