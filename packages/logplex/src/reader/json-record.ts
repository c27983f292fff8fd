/** What a JSON object of a log says of its line. */
export interface JsonRecord {
  /** A timestamp, or a number of seconds, or of a part of them, since 1970; null when there is none. */
  readonly time: string | number | null
  readonly source: string
  readonly process: string
  readonly text: string
}

type Members = Readonly<Record<string, unknown>>

/** Names that the exports of log services use. Which one uses which is partly a guess. */
const TEXTS = ['message', 'msg', 'log', 'text']
const TIMES = ['dt', 'timestamp', '@timestamp', 'time', 'generated_at', 'received_at']
const SOURCES = ['appname', 'app_name', 'source', 'app']
const PROCESSES = ['procid', 'proc_id', 'process', 'dyno', 'ps']
const GROUPS = ['syslog', 'heroku']
/** Nanoseconds of the year 5138: a larger number is no time. */
const TIME_END = 1e20

/** The object in a text; null when there is none, or none with a message. */
export function parseJsonRecord(json: string): JsonRecord | null {
  const members = parseObject(json)
  if (members === null) return null
  const groups = [members, ...GROUPS.map((name) => members[name]).filter(isObject)]
  const text = textOf(groups, TEXTS)
  if (text === '') return null
  const time = TIMES.map((name) => members[name]).find(isTime) ?? null
  const program = textOf(groups, ['program'])
  const slash = program.indexOf('/')
  if (slash >= 0) {
    return { time, source: program.slice(0, slash), process: program.slice(slash + 1), text }
  }
  return { time, source: textOf(groups, SOURCES), process: textOf(groups, PROCESSES), text }
}

function parseObject(json: string): Members | null {
  try {
    const value: unknown = JSON.parse(json)
    return isObject(value) ? value : null
  } catch {
    return null
  }
}

function textOf(groups: readonly Members[], names: readonly string[]): string {
  for (const members of groups) {
    for (const name of names) {
      const value = members[name]
      if (typeof value === 'string' && value !== '') return value
    }
  }
  return ''
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isTime(value: unknown): value is string | number {
  return typeof value === 'string' || (typeof value === 'number' && value > 0 && value < TIME_END)
}
