import { type Schema, Validator } from '@cfworker/json-schema'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type JsonSchema, resultJson, resultSchema } from '../src/index.js'
import { anyResult } from './any-result.js'
import { exampleDay } from './example-day.js'
import { quietRun } from './quiet-run.js'

const validator = new Validator(resultSchema as Schema, '2020-12')

/** Where a value breaks the schema, and which of its rules; undefined when it conforms. */
function violationOf(value: unknown): string | undefined {
  const broken = validator.validate(value).errors.at(-1)
  return broken && `${broken.instanceLocation}: ${broken.keyword}`
}

test('describes every result', () => {
  fc.assert(
    fc.property(anyResult, (result) => {
      expect(violationOf(JSON.parse(resultJson(result)))).toBeUndefined()
    }),
  )
})

test.each([exampleDay(), quietRun()])('describes $app.name', (result) => {
  expect(violationOf(JSON.parse(resultJson(result)))).toBeUndefined()
})

test.each([
  ['a property is missing', { ...exampleDay(), cost: undefined }, '#: required'],
  ['a property is unknown', { ...exampleDay(), price: 3 }, '#/price: false'],
  ['a text is a number', { ...exampleDay(), assumptions: [3] }, '#/assumptions/0: type'],
  ['the version is another one', { ...exampleDay(), schemaVersion: 2 }, '#/schemaVersion: const'],
  [
    'a count is negative',
    { ...exampleDay(), log: { ...exampleDay().log, lines: -1 } },
    '#/log/lines: minimum',
  ],
  [
    'a count is broken',
    { ...exampleDay(), log: { ...exampleDay().log, lines: 0.5 } },
    '#/log/lines: type',
  ],
  [
    'a time has no zone',
    { ...exampleDay(), app: { ...exampleDay().app, startedAt: '2026-03-02T00:00:00' } },
    '#/app/startedAt: pattern',
  ],
  [
    'a mark is of no known type',
    { ...exampleDay(), marks: [{ atMs: 0, type: 'party', label: '' }] },
    '#/marks/0/type: enum',
  ],
])('refuses a result in which %s', (_what, result, violation) => {
  expect(violationOf(JSON.parse(JSON.stringify(result)))).toBe(violation)
})

test('says in words what each property means', () => {
  const undescribed = (schema: JsonSchema, path: string): string[] =>
    Object.entries(schema.properties ?? {}).flatMap(([key, property]) => [
      ...(property.description === undefined && !isFigure(path) ? [`${path}.${key}`] : []),
      ...undescribed(property, `${path}.${key}`),
      ...undescribed(property.items ?? {}, `${path}.${key}[]`),
    ])
  const isFigure = (path: string) => /\.(latency|service|queue|total)$/.test(path)
  expect(undescribed(resultSchema, '$')).toEqual([])
})
