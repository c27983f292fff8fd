import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  Lexer,
  Parser,
  parseDocument,
} from 'yaml'
import { findJsonError } from './json-error.js'
import type { Problems } from './problems.js'
import { type Position, positionAt, type SourceFile } from './source-file.js'

/** Keys and list indexes that lead to a value. */
export type Path = readonly PropertyKey[]

/** A parsed file that knows where each of its values stands. */
export interface SourceDocument {
  readonly file: string
  readonly value: unknown
  /**
   * Where the value at `path` stands, or its key; the closest value around it when there is none.
   */
  locate(path: Path, part?: 'key' | 'value'): Position
}

/** Longest text that is read. app.json files of real apps stay below a tenth of it. */
const LENGTH_MAX = 131_072

/** Deepest nesting that is read; the schemas need less than a tenth of it. */
const NESTING_MAX = 100

/** Reads YAML 1.2. Returns null, and reports why, when it is none. */
export function readYaml(source: SourceFile, problems: Problems): SourceDocument | null {
  const { name: file, text } = source
  if (!isReadable(source, problems)) return null
  const document = parseDocument(text, {
    logLevel: 'error',
    prettyErrors: false,
    stringKeys: true,
  })
  const [error] = document.errors
  if (error !== undefined) {
    // Only the first one: what comes after it mostly follows from it.
    problems.add({ file, ...positionAt(text, error.pos[0]), message: lowerFirst(error.message) })
    return null
  }
  const value = resolveAliases(document, file, problems)
  if (value === undefined) return null
  return { file, value, locate: (path, part = 'value') => locate(document, text, path, part) }
}

/** Reads JSON, strictly. Returns null, and reports why, when it is none. */
export function readJson(source: SourceFile, problems: Problems): SourceDocument | null {
  const error = source.text.length > LENGTH_MAX ? null : findJsonError(source.text)
  if (error !== null) {
    const position = positionAt(source.text, error.offset)
    problems.add({ file: source.name, ...position, message: error.message })
    return null
  }
  // Each JSON text is YAML too, so the same parser tells where its values stand.
  return readYaml(source, problems)
}

/** Refuses what the YAML parser, whose time is quadratic and whose stack is finite, cannot bear. */
function isReadable({ name: file, text }: SourceFile, problems: Problems): boolean {
  if (text.length > LENGTH_MAX) {
    const message = `has ${text.length} characters; at most ${LENGTH_MAX} are read`
    problems.add({ file, message })
    return false
  }
  const parser = new Parser()
  let offset = 0
  for (const lexeme of new Lexer().lex(text)) {
    // The tokens are thrown away: only the depth of the parser's stack is wanted here.
    for (const _ of parser.next(lexeme));
    // At the bottom of the stack lies the document.
    if (parser.stack.length - 1 > NESTING_MAX) {
      const message = `is nested more than ${NESTING_MAX} levels deep`
      problems.add({ file, ...positionAt(text, offset), message })
      return false
    }
    offset = parser.offset
  }
  return true
}

/** The value of a document as plain data; undefined, and a problem, when its aliases explode. */
function resolveAliases(document: Document, file: string, problems: Problems): unknown {
  try {
    return document.toJS() ?? null
  } catch (error) {
    // `yaml` throws only here: for an alias without anchor and for more than 100 expansions.
    problems.add({ file, message: error instanceof Error ? lowerFirst(error.message) : 'not YAML' })
    return undefined
  }
}

function locate(document: Document, text: string, path: Path, part: 'key' | 'value'): Position {
  let node: unknown = document.contents
  let offset = rangeStart(node) ?? 0
  for (const [depth, step] of path.entries()) {
    if (isAlias(node)) node = node.resolve(document)
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && key.value === step)
      if (pair === undefined) break
      const keyStart = rangeStart(pair.key) ?? offset
      const wantsKey = part === 'key' && depth === path.length - 1
      offset = wantsKey ? keyStart : (rangeStart(pair.value) ?? keyStart)
      node = pair.value
    } else if (isSeq(node)) {
      node = node.items[Number(step)]
      offset = rangeStart(node) ?? offset
    } else break
  }
  return positionAt(text, offset)
}

function rangeStart(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
