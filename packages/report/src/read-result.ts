import type { RunResult } from '@celadon/platform'
import { type Schema, Validator } from '@cfworker/json-schema'
import { reportError } from './errors.js'
import { resultSchema } from './result-schema.js'

const validator = new Validator(resultSchema as Schema, '2020-12')
/** The property in the library's words for one that is missing. */
const QUOTED = /"(.+)"/

/**
 * Reads what `resultJson` has written.
 *
 * @param text JSON, as of `celadon simulate --json`
 * @throws `CeladonError` `REPORT_RESULT_INVALID` when it is no JSON, or not as `resultSchema` says
 */
export function readResult(text: string): RunResult {
  const value = parse(text)
  const problem = problemOf(value)
  if (problem !== null) throw invalid(problem)
  // The schema says the same as the type.
  return value as RunResult
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw invalid('the text is not JSON')
  }
}

function invalid(problem: string): Error {
  return reportError(
    'REPORT_RESULT_INVALID',
    `${problem}; accepted: a result that \`celadon simulate --json\` or \`--out\` has written with this version`,
  )
}

/** The first place where a value is not as the schema says, in words; null when there is none. */
function problemOf(value: unknown): string | null {
  const { errors } = validator.validate(value)
  const deepest = errors.at(-1)
  if (deepest === undefined) return null
  const { instanceLocation } = deepest
  const first = errors.find((error) => error.instanceLocation === instanceLocation) ?? deepest
  const keys = keysOf(instanceLocation)
  const missing = first.keyword === 'required' ? QUOTED.exec(first.error)?.[1] : undefined
  if (missing !== undefined) return `${pathOf([...keys, missing])} is missing`
  if (first.keyword === 'false') return `${pathOf(keys)} is not known`
  return `${pathOf(keys)} is ${shown(keys.reduce(entryOf, value))}`
}

/** The keys of a JSON pointer such as `#/series/totalP50/7`. */
function keysOf(pointer: string): string[] {
  const keys = pointer.split('/').slice(1)
  return keys.map((key) => decodeURIComponent(key).replaceAll('~1', '/').replaceAll('~0', '~'))
}

function entryOf(value: unknown, key: string): unknown {
  return Object.entries(Object(value)).find(([name]) => name === key)?.[1]
}

/** `series.totalP50[7]`. */
function pathOf(keys: readonly string[]): string {
  const path = keys.map((key) => (/^\d+$/.test(key) ? `[${key}]` : `.${key}`)).join('')
  return path === '' ? 'it' : path.replace(/^\./, '')
}

/** Short enough for a message. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object' && value !== null) return 'an object'
  const text = JSON.stringify(value)
  return text.length > 40 ? `${text.slice(0, 39)}…` : text
}
