import type { LogSource } from '@celadon/contracts'
import { parseFrames } from '../frames/frame-parser.js'
import type { LogLine } from '../lines/log-line.js'

const NO_CONTENT = 204
const BAD_REQUEST = 400

/** What logplex answers to messages that were posted. */
export interface PostAnswer {
  /** 204; 400 when a message is malformed or longer than 10,240 bytes: then none is taken. */
  readonly status: 204 | 400
  /** Messages that were taken; the option `linesPerMinute` applies to them as to all lines. */
  readonly taken: number
  /** Messages that were left out because nobody has their token. */
  readonly unknownTokens: number
  /** What is wrong with the body, and where; null when nothing is. */
  readonly problem: string | null
}

/** The lines of a body of octet-counted messages whose source is a token. */
export function readPost(
  body: Uint8Array,
  tokens: Readonly<Record<LogSource, string>>,
): { readonly lines: readonly LogLine[]; readonly answer: PostAnswer } {
  const lines: LogLine[] = []
  let unknownTokens = 0
  for (const frame of parseFrames(body, 'syslog')) {
    if (frame.type === 'problem') {
      const problem = `at byte ${frame.offset}, ${frame.problem}`
      return { lines: [], answer: { status: BAD_REQUEST, taken: 0, unknownTokens: 0, problem } }
    }
    const { atMicros, process, text } = frame
    const source = sourceOf(frame.source, tokens)
    if (source === null) unknownTokens += 1
    else lines.push({ atMicros, source, process, text })
  }
  const answer: PostAnswer = {
    status: NO_CONTENT,
    taken: lines.length,
    unknownTokens,
    problem: null,
  }
  return { lines, answer }
}

function sourceOf(token: string, tokens: Readonly<Record<LogSource, string>>): LogSource | null {
  if (token === tokens.app) return 'app'
  return token === tokens.heroku ? 'heroku' : null
}
