import type { RunResult } from '@celadon/platform'
import { reportError } from './errors.js'
import type { JsonSchema } from './json-schema.js'
import { resultSchema } from './result-schema.js'

/**
 * Reads what `resultJson` has written.
 *
 * @param text JSON, as of `celadon simulate --json`
 * @throws `CeladonError` `REPORT_RESULT_INVALID` when it is no JSON, or not as `resultSchema` says
 */
export function readResult(text: string): RunResult {
  const value = parse(text)
  const problem = problemOf(value, resultSchema, '')
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

/** The first place where a value breaks a schema, in words; null when it conforms. */
function problemOf(value: unknown, schema: JsonSchema, path: string): string | null {
  const { anyOf, type, minimum, pattern } = schema
  const isOneOf = anyOf?.some((one) => problemOf(value, one, path) === null) ?? true
  const accepted = schema.enum ?? (schema.const === undefined ? null : [schema.const])
  const conforms =
    isOneOf &&
    (type === undefined || isOfType(value, type)) &&
    (accepted === null || accepted.some((one) => one === value)) &&
    (minimum === undefined || (typeof value === 'number' && value >= minimum)) &&
    (pattern === undefined || (typeof value === 'string' && new RegExp(pattern, 'u').test(value)))
  if (!conforms) return `${path === '' ? 'it' : path} is ${shown(value)}`
  if (Array.isArray(value)) return problemOfItems(value, schema, path)
  return isOfType(value, 'object') ? problemOfObject(Object(value), schema, path) : null
}

function problemOfItems(
  values: readonly unknown[],
  { items }: JsonSchema,
  path: string,
): string | null {
  if (items === undefined) return null
  for (const [index, value] of values.entries()) {
    const problem = problemOf(value, items, `${path}[${index}]`)
    if (problem !== null) return problem
  }
  return null
}

function problemOfObject(
  value: object,
  { properties = {}, required = [], additionalProperties = {} }: JsonSchema,
  path: string,
): string | null {
  const inner = (key: string): string => (path === '' ? key : `${path}.${key}`)
  const missing = required.find((key) => !Object.hasOwn(value, key))
  if (missing !== undefined) return `${inner(missing)} is missing`
  for (const [key, entry] of Object.entries(value)) {
    const schema = Object.hasOwn(properties, key) ? properties[key] : additionalProperties
    if (schema === undefined || schema === false) return `${inner(key)} is not known`
    const problem = problemOf(entry, schema, inner(key))
    if (problem !== null) return problem
  }
  return null
}

function isOfType(value: unknown, type: NonNullable<JsonSchema['type']>): boolean {
  switch (type) {
    case 'array':
      return Array.isArray(value)
    case 'integer':
      return Number.isInteger(value)
    case 'null':
      return value === null
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value)
    case 'number':
    case 'string':
      return typeof value === type
  }
}

/** Short enough for a message. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object' && value !== null) return 'an object'
  const text = JSON.stringify(value)
  return text.length > 40 ? `${text.slice(0, 39)}…` : text
}
