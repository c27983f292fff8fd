import fc from 'fast-check'
import { expect, test } from 'vitest'
import { resultJson } from '../src/index.js'
import { anyResult } from './any-result.js'
import { exampleDay } from './example-day.js'

test('reads back as the same result', () => {
  fc.assert(
    fc.property(anyResult, (result) => {
      expect(JSON.parse(resultJson(result))).toEqual(result)
    }),
  )
})

test('gives equal bytes whatever the order of the keys', () => {
  fc.assert(
    fc.property(anyResult, (result) => {
      expect(resultJson(reversed(result))).toBe(resultJson(result))
    }),
  )
})

test('writes properties in the order of the schema and dictionaries by key', () => {
  const { requests, ...rest } = exampleDay()
  const json = resultJson({ ...rest, requests: { ...requests, byCode: { H13: 1, H12: 2 } } })
  expect(json.slice(0, 1900)).toContain(`{
  "schemaVersion": 1,
  "app": {
    "name": "shop",
    "generation": "router-2.0",
    "seed": "42",
    "startedAt": "2026-03-02T00:00:00Z",
    "durationMs": 86400000,
    "plannedDurationMs": 86400000
  },
  "requests": {`)
  expect(json).toContain(`"byCode": {
      "H12": 2,
      "H13": 1
    }
  },
  "latency": {`)
})

test('puts each column of the series on one line and ends with a line feed', () => {
  const json = resultJson(exampleDay())
  expect(json.match(/^ {4}"arrivalsPerSecond": \[[^\n]+\],$/m)?.[0].split(',')).toHaveLength(1441)
  expect(json.endsWith('}\n')).toBe(true)
})

/** A deep copy in which the keys of every object stand in reverse order. */
function reversed<Value>(value: Value): Value {
  const copy = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(copy)
    if (typeof part !== 'object' || part === null) return part
    return Object.fromEntries(
      Object.entries(part)
        .reverse()
        .map(([key, entry]) => [key, copy(entry)]),
    )
  }
  return copy(value) as Value
}
