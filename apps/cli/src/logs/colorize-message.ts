import type { TerminalColors } from '../terminal-colors.js'
import { paintStatus } from './colorize-router.js'

const START = /^(Starting process with command )(`.+`)( by user )?(.*)$/
const EXIT = /^(Process exited with status )(\d+)$/
const STATE = /^(State changed from )(\w+)( to )(\w+)$/
/** Access lines of web servers: what stands before, the method, the path, the rest. */
const ACCESS = /^([^"]*")([A-Z]+)( \S+ )(HTTP\/\d(?:\.\d)?" )(\d{3})?(.*)$/
const BUILD = /^(Build started by user )(.+)$/
const DEPLOY = /^(Deploy )(\w+)( by user )(.+)$/
const RELEASE = /^(Release )(v\d+)( created by user )(.+)$/
const SAMPLES = /source=\w+ .*sample#/

/** What dynos and those who run them say, in colours. */
export function colorizeDyno(text: string, colors: TerminalColors): string {
  const { green, red, yellow } = colors
  if (text === 'Unidling' || text === 'Restarting') return yellow(text)
  if (text === 'Stopping all processes with SIGTERM') return red(text)
  return (
    colorizeStart(text, colors) ??
    painted(text, EXIT, [String, (status) => (status === '0' ? green : red)(status)]) ??
    painted(text, STATE, [
      String,
      (state) => paintState(state, colors),
      String,
      (state) => paintState(state, colors),
    ]) ??
    painted(text, ACCESS, [
      colors.dim,
      colors.magenta,
      green,
      colors.dim,
      (status) => paintStatus(status, colors),
      colors.dim,
    ]) ??
    text
  )
}

/** Events of the API in colours. */
export function colorizeApi(text: string, colors: TerminalColors): string {
  const { cyan, green, magenta, red } = colors
  if (text === 'Build succeeded') return green(text)
  if (text.startsWith('Build failed')) return red(text)
  return (
    painted(text, BUILD, [String, green]) ??
    painted(text, DEPLOY, [String, cyan, String, green]) ??
    painted(text, RELEASE, [String, magenta, String, green]) ??
    colorizeStart(text, colors) ??
    text
  )
}

/** What add-ons say of themselves is dim, for it comes every minute. */
export function colorizeMetrics(text: string, colors: TerminalColors): string {
  return SAMPLES.test(text) ? colors.dim(text) : text
}

function colorizeStart(text: string, { cyan, green }: TerminalColors): string | null {
  return painted(text, START, [String, cyan, String, green])
}

function paintState(state: string, { green, red, yellowBright }: TerminalColors): string {
  const paint = { down: red, up: green, complete: green, starting: yellowBright }[state]
  return paint === undefined ? state : paint(state)
}

/** The groups of a pattern, each in its colour; null when the text does not fit. */
function painted(
  text: string,
  pattern: RegExp,
  paints: readonly ((part: string) => string)[],
): string | null {
  const match = pattern.exec(text)
  if (match === null) return null
  return paints
    .map((paint, index) => {
      const part = match[index + 1] ?? ''
      return part === '' ? '' : paint(part)
    })
    .join('')
}
