/** The part of JSON Schema (draft 2020-12) that describes a result. */
export interface JsonSchema {
  readonly $schema?: string
  readonly title?: string
  readonly description?: string
  readonly type?: 'array' | 'integer' | 'null' | 'number' | 'object' | 'string'
  readonly const?: number | string
  readonly enum?: readonly string[]
  readonly anyOf?: readonly JsonSchema[]
  readonly minimum?: number
  readonly pattern?: string
  readonly items?: JsonSchema
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: JsonSchema | false
}

/** An object with exactly these properties; those that are named as optional may be missing. */
export function record(
  description: string,
  properties: Readonly<Record<string, JsonSchema>>,
  optional: readonly string[] = [],
): JsonSchema {
  return {
    description,
    type: 'object',
    properties,
    required: Object.keys(properties).filter((key) => !optional.includes(key)),
    additionalProperties: false,
  }
}

/** An object with any keys whose values are all alike. */
export function dictionary(description: string, values: JsonSchema): JsonSchema {
  return { description, type: 'object', additionalProperties: values }
}

/** A list whose entries are all alike. */
export function list(description: string, items: JsonSchema): JsonSchema {
  return { description, type: 'array', items }
}

/** A number that is not negative. */
export function amount(description: string): JsonSchema {
  return { description, type: 'number', minimum: 0 }
}

/** A whole number that is not negative. */
export function count(description: string): JsonSchema {
  return { description, type: 'integer', minimum: 0 }
}

/** A text. */
export function text(description: string): JsonSchema {
  return { description, type: 'string' }
}
