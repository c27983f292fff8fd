import type { JsonSchema } from '../src/index.js'

/**
 * Where a JSON value breaks a schema: paths with the rule that they break, none when it conforms.
 * Knows the keywords that `JsonSchema` has, by their meaning in draft 2020-12.
 */
export function violations(value: unknown, schema: JsonSchema, path = '$'): string[] {
  const broken = (rule: keyof JsonSchema, holds: boolean) => (holds ? [] : [`${path}: ${rule}`])
  const found = [
    ...broken('type', schema.type === undefined || hasType(value, schema.type)),
    ...broken('const', schema.const === undefined || value === schema.const),
    ...broken('enum', schema.enum === undefined || schema.enum.some((one) => one === value)),
    ...broken(
      'anyOf',
      schema.anyOf === undefined ||
        schema.anyOf.some((one) => violations(value, one, path).length === 0),
    ),
  ]
  if (typeof value === 'number') {
    found.push(...broken('minimum', schema.minimum === undefined || value >= schema.minimum))
  }
  if (typeof value === 'string') {
    const matches = schema.pattern === undefined || new RegExp(schema.pattern, 'u').test(value)
    found.push(...broken('pattern', matches))
  }
  if (Array.isArray(value) && schema.items !== undefined) {
    const { items } = schema
    found.push(...value.flatMap((item, index) => violations(item, items, `${path}[${index}]`)))
  } else if (hasType(value, 'object')) {
    found.push(...objectViolations(new Map(Object.entries(Object(value))), schema, path))
  }
  return found
}

function objectViolations(
  value: ReadonlyMap<string, unknown>,
  schema: JsonSchema,
  path: string,
): string[] {
  const properties = new Map(Object.entries(schema.properties ?? {}))
  const missing = (schema.required ?? []).filter((key) => !value.has(key))
  const found = missing.map((key) => `${path}.${key}: required`)
  for (const [key, entry] of value) {
    const rule = properties.get(key) ?? schema.additionalProperties
    if (rule === false) found.push(`${path}.${key}: additionalProperties`)
    else if (rule !== undefined) found.push(...violations(entry, rule, `${path}.${key}`))
  }
  return found
}

function hasType(value: unknown, type: NonNullable<JsonSchema['type']>): boolean {
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
