import { describe, expect, test } from 'vitest'
import { H_CODES, L_CODES, R_CODES } from '../src/index.js'

describe('H_CODES', () => {
  test('is in order of code', () => {
    expect(Object.keys(H_CODES)).toEqual(Object.keys(H_CODES).sort())
  })

  test('has the statuses that are not 503', () => {
    const others = Object.entries(H_CODES).filter(([, { status }]) => status !== 503)
    expect(Object.fromEntries(others.map(([code, { status }]) => [code, status]))).toEqual({
      H25: 502,
      H26: 400,
      H27: 499,
      H28: 499,
      H31: 421,
      H32: 495,
      H81: 502,
    })
  })

  test('warns when the client left and informs when the operator closed the app', () => {
    const codesAt = (wanted: string): string[] =>
      Object.entries(H_CODES)
        .filter(([, { level }]) => level === wanted)
        .map(([code]) => code)
    expect(codesAt('warning')).toEqual(['H27', 'H28'])
    expect(codesAt('info')).toEqual(['H80', 'H81', 'H82', 'H83'])
  })

  test('has texts that fit into desc="..." of a log line', () => {
    for (const { description, when } of Object.values(H_CODES)) {
      expect(description).toMatch(/^[A-Z][^"\n]*[^."\n]$/)
      expect(when).not.toBe('')
    }
  })
})

test('each R-code names itself in its log text', () => {
  for (const [code, text] of Object.entries(R_CODES)) {
    expect(text.startsWith(`Error ${code} (`)).toBe(true)
  }
})

test('each L-code has its title', () => {
  expect(Object.entries(L_CODES)).toEqual([
    ['L10', 'Drain buffer overflow'],
    ['L11', 'Tail buffer overflow'],
    ['L12', 'Local buffer overflow'],
    ['L13', 'Local delivery error'],
    ['L14', 'Certificate validation error'],
    ['L15', 'Tail buffer temporarily unavailable'],
  ])
})
