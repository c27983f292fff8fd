import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatSummary } from '../src/index.js'
import { anyResult } from './any-result.js'

test('fits a terminal of 80 by 24, whatever the result', () => {
  fc.assert(
    fc.property(anyResult, (result) => {
      const lines = formatSummary(result).split('\n')
      expect(lines.pop()).toBe('')
      expect(lines.length).toBeLessThanOrEqual(24)
      for (const line of lines) expect([...line].length).toBeLessThanOrEqual(80)
    }),
  )
})

test('fits any width from 40 and sends no control characters', () => {
  fc.assert(
    fc.property(anyResult, fc.integer({ min: 40, max: 250 }), (result, width) => {
      const summary = formatSummary(result, { width })
      for (const line of summary.split('\n')) expect([...line].length).toBeLessThanOrEqual(width)
      expect(summary.replaceAll('\n', '')).not.toMatch(/\p{C}/u)
    }),
  )
})

test('is the same whenever it is written', () => {
  fc.assert(
    fc.property(anyResult, (result) => {
      expect(formatSummary(structuredClone(result))).toBe(formatSummary(result))
    }),
  )
})
