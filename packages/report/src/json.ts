import type { RunResult } from '@celadon/platform'
import type { JsonSchema } from './json-schema.js'
import { resultSchema } from './result-schema.js'

/** Significant digits after which any number reads back as itself. */
const EXACT_DIGITS = 17

/**
 * The result as JSON text, described by `resultSchema` and ended by a line feed. Properties stand in
 * the order of the schema, entries of dictionaries (codes, process types, gauges) sorted by key, so
 * that equal results give equal bytes. Each column of numbers is on one line.
 */
export function resultJson(result: RunResult): string {
  return writeResult(result, EXACT_DIGITS)
}

/** The same with the numbers of columns rounded to so many significant digits. */
export function writeResult(result: RunResult, columnDigits: number): string {
  const writeColumn = (values: readonly unknown[]): string =>
    JSON.stringify(
      values.map((value) =>
        typeof value === 'number' ? Number(value.toPrecision(columnDigits)) : value,
      ),
    )
  return `${write(result, resultSchema, '\n', writeColumn)}\n`
}

type WriteColumn = (values: readonly unknown[]) => string

/** @param lineBreak line feed and indentation of the line on which the value begins */
function write(
  value: unknown,
  schema: JsonSchema,
  lineBreak: string,
  writeColumn: WriteColumn,
): string {
  const inner = `${lineBreak}  `
  if (Array.isArray(value)) {
    const isColumn = value.every((entry) => typeof entry === 'number' || entry === null)
    if (isColumn) return writeColumn(value)
    const items = value.map((entry) => write(entry, schema.items ?? {}, inner, writeColumn))
    return `[${inner}${items.join(`,${inner}`)}${lineBreak}]`
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = new Map(Object.entries(value))
  const lines = keysInOrder(value, schema).map((key) => {
    const keySchema = schema.properties?.[key] ?? (schema.additionalProperties || {})
    return `${JSON.stringify(key)}: ${write(entries.get(key), keySchema, inner, writeColumn)}`
  })
  return lines.length > 0 ? `{${inner}${lines.join(`,${inner}`)}${lineBreak}}` : '{}'
}

/** Those of the schema first; none is left out. */
function keysInOrder(value: object, schema: JsonSchema): string[] {
  const known = Object.keys(schema.properties ?? {}).filter((key) => Object.hasOwn(value, key))
  const others = Object.keys(value).filter((key) => !known.includes(key))
  return [...known, ...others.sort()]
}
