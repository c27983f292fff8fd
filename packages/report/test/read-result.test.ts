import { CeladonError } from '@celadon/kernel'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readResult, resultJson } from '../src/index.js'
import { anyResult } from './any-result.js'
import { exampleDay } from './example-day.js'

test('reads what was written', () => {
  fc.assert(
    fc.property(anyResult, (result) => {
      expect(readResult(resultJson(result))).toEqual(result)
    }),
  )
})

function problemOf(text: string): string {
  try {
    readResult(text)
    return 'none'
  } catch (error) {
    if (!(error instanceof CeladonError)) throw error
    expect(error.code).toBe('REPORT_RESULT_INVALID')
    const [problem = '', accepted] = error.message.split('; accepted: ')
    expect(accepted).toContain('celadon simulate --json')
    return problem
  }
}

test('any other text is refused in words', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      expect(problemOf(text)).not.toBe('none')
    }),
  )
})

test.each([
  ['', 'the text is not JSON'],
  ['[]', 'it is a list'],
  ['null', 'it is null'],
  ['{"schemaVersion":1}', 'app is missing'],
])('%j: %s', (text, problem) => {
  expect(problemOf(text)).toBe(problem)
})

test('the first place that is wrong is named', () => {
  const json = resultJson(exampleDay())
  const changed = (from: string | RegExp, to: string) => {
    const text = json.replace(from, to)
    expect(text).not.toBe(json)
    return problemOf(text)
  }
  expect(changed('"schemaVersion": 1', '"schemaVersion": 2')).toBe('schemaVersion is 2')
  expect(changed('"seed": "42"', '"seed": 42')).toBe('app.seed is 42')
  expect(changed('"seed": "42"', '"seed": "42", "color": "red"')).toBe('app.color is not known')
  expect(changed('2026-03-02T00:00:00Z', 'today')).toBe('app.startedAt is "today"')
  expect(changed(/"arrived": \d+/, '"arrived": -1')).toBe('requests.arrived is -1')
  expect(changed(/"arrived": \d+/, '"arrived": 1.5')).toBe('requests.arrived is 1.5')
  expect(changed(/"totalP50": \[[^,]+/, '"totalP50": ["many"')).toBe('series.totalP50[0] is "many"')
  expect(changed('"type": "web"', '"type": []')).toBe('processes[0].type is a list')
})
