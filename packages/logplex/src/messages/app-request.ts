import { type AppLine, formatAppLine } from '../lines/app-line.js'

/** A request as a Rails app with lograge logs it. */
export interface AppRequestMessage {
  readonly type: 'app-request'
  readonly line: AppLine
  /** Further fields in their order, as they are printed: `controller`, `action`, `view`, `db`. */
  readonly details: readonly (readonly [name: string, value: string])[]
}

/** A line without further fields and error: most of a log. */
const USUAL = /^method=(\S+) path=(\S+) format=\S+ status=(\d{1,3}) duration=(\d+(?:\.\d+)?)$/
/**
 * A field: a word, a JSON string, or, as lograge writes errors, something in single quotes. No word
 * begins with one: each that is not closed would be looked for up to the end.
 */
const FIELD = /([^\s=]+)=("(?:[^"\\]|\\.)*"|'.*?'(?= [^\s=]+=|$)|(?!')\S*)(?: +|$)/gy
const DURATION = /^\d+(?:\.\d+)?$/
const STATUS = /^\d{1,3}$/

/** The text of an app's line about a request; the further fields stand at its end. */
export function formatAppRequest({ line, details }: AppRequestMessage): string {
  return formatAppLine(line) + details.map(([name, value]) => ` ${name}=${value}`).join('')
}

/** The request that a line of lograge tells; null when it is something else. */
export function readAppRequest(text: string): AppRequestMessage | null {
  const usual = USUAL.exec(text)
  if (usual !== null) {
    const [, method = '', path = '', status, duration] = usual
    const line = { method, path, status: Number(status), durationMs: Number(duration), error: null }
    return { type: 'app-request', line, details: [] }
  }
  const fields = readFields(text)
  const method = fields?.get('method')
  const path = fields?.get('path')
  const status = fields?.get('status') ?? ''
  const duration = fields?.get('duration') ?? ''
  if (fields === null || method === undefined || path === undefined) return null
  if (!STATUS.test(status) || !DURATION.test(duration)) return null
  const error = unquoted(fields.get('error') ?? null)
  for (const known of ['method', 'path', 'format', 'status', 'duration', 'error']) {
    fields.delete(known)
  }
  const line = { method, path, status: Number(status), durationMs: Number(duration), error }
  return { type: 'app-request', line, details: [...fields] }
}

/** Fields by name, as they are printed; null when the text is not made of fields alone. */
function readFields(text: string): Map<string, string> | null {
  const fields = new Map<string, string>()
  let end = 0
  for (const match of text.matchAll(FIELD)) {
    fields.set(match[1] ?? '', match[2] ?? '')
    end += match[0].length
  }
  return end === text.length ? fields : null
}

function unquoted(value: string | null): string | null {
  if (value === null) return null
  if (value.length > 1 && value.startsWith("'") && value.endsWith("'")) return value.slice(1, -1)
  try {
    const parsed: unknown = JSON.parse(value)
    return typeof parsed === 'string' ? parsed : value
  } catch {
    return value
  }
}
