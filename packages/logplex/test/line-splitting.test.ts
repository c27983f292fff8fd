// A text becomes lines at its line breaks and after 10,000 characters.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createLogplex } from '../src/index.js'

function linesOf(text: string): string[] {
  const logplex = createLogplex({
    simulation: { now: 0, epochMs: 0 },
    generation: 'cedar-2012',
    host: 'www.example.com',
  })
  logplex.write('app', 'web.1', text)
  const lines = logplex.recent({ lines: 1500 })
  expect(logplex.lines).toBe(lines.length)
  const prefix = '1970-01-01T00:00:00+00:00 app[web.1]: '
  for (const line of lines) expect(line.startsWith(prefix)).toBe(true)
  return lines.map((line) => line.slice(prefix.length))
}

describe('line breaks', () => {
  test.each([
    ['one', ['one']],
    ['', ['']],
    ['one\n', ['one']],
    ['one\ntwo', ['one', 'two']],
    ['one\r\ntwo\r\n', ['one', 'two']],
    ['\none\n\ntwo\n', ['', 'one', '', 'two']],
    ['\n', ['']],
    ['50 %\r100 %', ['50 %\r100 %']],
    ['one\r', ['one\r']],
  ])('%j', (text, lines) => {
    expect(linesOf(text)).toEqual(lines)
  })
})

describe('length', () => {
  test.each([
    [9_999, [9_999]],
    [10_000, [10_000]],
    [10_001, [10_000, 1]],
    [30_000, [10_000, 10_000, 10_000]],
  ])('%d characters', (length, lengths) => {
    expect(linesOf('x'.repeat(length)).map((line) => line.length)).toEqual(lengths)
  })

  test('a character outside of the basic plane is not cut in two', () => {
    const [first, second] = linesOf(`${'x'.repeat(9_999)}😀`)
    expect(first).toBe('x'.repeat(9_999))
    expect(second).toBe('😀')
  })

  test('nothing is lost and nothing is too long', () => {
    const piece = fc.tuple(fc.constantFrom('x', '😀', 'é'), fc.nat({ max: 25_000 }))
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 4 }), (pieces) => {
        const text = pieces.map(([character, count]) => character.repeat(count)).join('')
        const lines = linesOf(text)
        expect(lines.join('')).toBe(text)
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(10_000)
        for (const line of lines.slice(0, -1)) expect(line.length).toBeGreaterThanOrEqual(9_999)
      }),
      { numRuns: 30 },
    )
  })
})
