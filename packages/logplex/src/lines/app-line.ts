import { urlPath } from './url-path.js'

/** What the app itself logs about a request. */
export interface AppLine {
  readonly method: string
  readonly path: string
  /** HTTP status that the app answered. */
  readonly status: number
  /** Time in which the app worked on it, in milliseconds, waiting not included. */
  readonly durationMs: number
  /** Message of the exception that ended it; `null` when there was none. */
  readonly error: string | null
}

/**
 * The text of the app's line for a request, in the words of a Rails app with lograge:
 * `method=GET path=/products format=html status=200 duration=63.25`. The query is left out, as
 * lograge does; an error follows as a JSON string, `error="..."`.
 */
export function formatAppLine(line: AppLine): string {
  const path = withoutQuery(urlPath(line.path))
  const error = line.error === null ? '' : ` error=${JSON.stringify(line.error)}`
  return `method=${line.method} path=${path} format=${formatOf(path)} status=${line.status} duration=${twoDecimals(line.durationMs)}${error}`
}

function withoutQuery(path: string): string {
  const query = path.indexOf('?')
  return query < 0 ? path : path.slice(0, query)
}

/** The format that Rails reads from the path: the extension, `html` when there is none. */
function formatOf(path: string): string {
  const dot = path.lastIndexOf('.')
  return dot > path.lastIndexOf('/') && dot < path.length - 1 ? path.slice(dot + 1) : 'html'
}

function twoDecimals(value: number): string {
  const hundredths = Math.round(value * 100)
  const whole = Math.floor(hundredths / 100)
  const rest = hundredths - whole * 100
  return `${whole}.${rest < 10 ? '0' : ''}${rest}`
}
