// A text becomes lines at its line breaks and after 10,000 bytes of UTF-8.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createLogplex } from '../src/index.js'
import { finishedRequest } from './finished-request.js'

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

const utf8 = new TextEncoder()

function bytesOf(text: string): number {
  return utf8.encode(text).length
}

describe('length', () => {
  test.each([
    [9_999, [9_999]],
    [10_000, [10_000]],
    [10_001, [10_000, 1]],
    [30_000, [10_000, 10_000, 10_000]],
  ])('%d bytes', (length, lengths) => {
    expect(linesOf('x'.repeat(length)).map((line) => line.length)).toEqual(lengths)
  })

  test.each([
    ['é', 5000, 1],
    ['é', 5001, 2],
    ['€', 3333, 1],
    ['€', 3334, 2],
    ['😀', 2500, 1],
    ['😀', 2501, 2],
    ['\ud800', 3333, 1],
    ['\ud800', 3334, 2],
  ])('%j, %d times', (character, times, count) => {
    expect(linesOf(character.repeat(times))).toHaveLength(count)
  })

  test('a character is not cut in two', () => {
    expect(linesOf(`${'x'.repeat(9_997)}😀`)).toEqual(['x'.repeat(9_997), '😀'])
    expect(linesOf(`${'x'.repeat(9_999)}é`)).toEqual(['x'.repeat(9_999), 'é'])
  })

  test('nothing is lost, nothing is too long, and no line could be longer', () => {
    const piece = fc.tuple(fc.constantFrom('x', 'é', '€', '😀'), fc.nat({ max: 12_000 }))
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 4 }), (pieces) => {
        const text = pieces.map(([character, count]) => character.repeat(count)).join('')
        const lines = linesOf(text)
        expect(lines.join('')).toBe(text)
        for (const [index, line] of lines.entries()) {
          expect(bytesOf(line)).toBeLessThanOrEqual(10_000)
          const [next = ''] = lines[index + 1] ?? ''
          if (next !== '') expect(bytesOf(line + next)).toBeGreaterThan(10_000)
        }
      }),
      { numRuns: 30 },
    )
  })
})

describe('lines about requests', () => {
  function requestLines(path: string, error: string | null): string[] {
    const logplex = createLogplex({
      simulation: { now: 0, epochMs: 0 },
      generation: 'router-2.0',
      host: `${'a'.repeat(240)}.example.com`,
    })
    const request = finishedRequest({ path, ...(error === null ? {} : { error }) })
    logplex.writeRequest('heroku', 'router', request)
    logplex.writeRequest('app', 'web.1', request)
    return logplex.recent({ lines: 1500 }).map((line) => line.slice(line.indexOf(': ') + 2))
  }

  test('none is longer than 10,000 bytes, and none is cut that is shorter', () => {
    const character = fc.constantFrom('x', 'é', '€', '😀', '"', '\u0001')
    const text = fc
      .tuple(character, fc.nat({ max: 2500 }))
      .map(([unit, count]) => unit.repeat(count))
    fc.assert(
      fc.property(text, fc.option(text), (path, error) => {
        const lines = requestLines(`/${path}`, error)
        for (const line of lines) expect(bytesOf(line)).toBeLessThanOrEqual(10_000)
        const starts = lines.filter((line) => /^(?:at=info )?method=GET path=/.test(line))
        expect(starts).toHaveLength(2)
        expect(lines.join('')).toMatch(/protocol=http1\.1 tls=true tls_version=tls1\.3method=GET/)
        const total = bytesOf(lines.join(''))
        if (total <= 10_000) expect(lines).toHaveLength(2)
        if (total > 20_000) expect(lines.length).toBeGreaterThan(2)
      }),
    )
  })
})
