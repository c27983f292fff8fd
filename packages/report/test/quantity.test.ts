import { readFileSync } from 'node:fs'
import { createContext, runInContext } from 'node:vm'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatQuantity, formatRatio, formatUsd, SCALES, type Unit } from '../src/quantity.js'

const unit: fc.Arbitrary<Unit> = fc.constantFrom('count', 'duration', 'memory', 'rate', 'share')
const value = fc.oneof(
  fc.double({ min: 0, max: 1e12, noNaN: true }),
  fc.double({ min: 0, max: 1000, noNaN: true }),
  fc.nat(100_000),
)

describe('a quantity', () => {
  test.each<[number, Unit, string]>([
    [0, 'count', '0'],
    [812, 'count', '812'],
    [999.6, 'count', '1.00 k'],
    [9041, 'count', '9.04 k'],
    [5_020_000, 'count', '5.02 M'],
    [312_000_000, 'count', '312 M'],
    [2.5, 'count', '2.50'],
    [0.3, 'count', '0.3'],
    [0.0004, 'count', '<0.001'],
    [0, 'duration', '0 ms'],
    [0.35, 'duration', '0.35 ms'],
    [4.24, 'duration', '4.2 ms'],
    [63.4, 'duration', '63 ms'],
    [999.6, 'duration', '1.00 s'],
    [1240, 'duration', '1.24 s'],
    [30_000, 'duration', '30.0 s'],
    [214_000, 'duration', '3.57 min'],
    [5_400_000, 'duration', '1.50 h'],
    [86_400_000, 'duration', '24.0 h'],
    [1e9, 'duration', '11.6 d'],
    [612.3, 'memory', '612 MB'],
    [14_336, 'memory', '14.0 GB'],
    [58.123, 'rate', '58.1/s'],
    [1200, 'rate', '1.20 k/s'],
    [0.421, 'share', '42.1 %'],
    [1, 'share', '100 %'],
    [Number.NaN, 'count', '-'],
    [Number.POSITIVE_INFINITY, 'share', '-'],
  ])('%d as %s is %s', (quantity, as, text) => {
    expect(formatQuantity(quantity, as)).toBe(text)
  })

  test('fits a column of the summary', () => {
    const counted = unit.filter((as) => as !== 'share')
    fc.assert(
      fc.property(value, counted, (quantity, as) => {
        expect(formatQuantity(quantity, as).length).toBeLessThan(10)
      }),
    )
  })

  test('is off by less than half a unit of its last significant digit', () => {
    fc.assert(
      fc.property(value, unit, (quantity, as) => {
        const text = formatQuantity(quantity, as)
        fc.pre(!text.startsWith('<') && quantity > 0)
        const [, digits = '', suffix = ''] = /^([\d.]+)(.*)$/.exec(text) ?? []
        const scale = SCALES[as].find((magnitude) => magnitude.suffix === suffix)
        const read = Number(digits) * (scale?.divideBy ?? Number.NaN)
        expect(Math.abs(read - quantity) / quantity).toBeLessThanOrEqual(0.0501)
      }),
    )
  })

  test('is written alike by the script of the page', () => {
    const script = readFileSync(new URL('../src/page/browser/quantity.js', import.meta.url), 'utf8')
    const page = createContext({})
    runInContext(script, page)
    fc.assert(
      fc.property(value, unit, (quantity, as) => {
        const call = `quantityText(${quantity}, ${JSON.stringify(SCALES[as])})`
        expect(runInContext(call, page)).toBe(formatQuantity(quantity, as))
      }),
    )
  })
})

test.each([
  [0, '0 %'],
  [0.000_000_1, '<0.01 %'],
  [0.0018, '0.18 %'],
  [0.421, '42.1 %'],
  [0.998_21, '99.82 %'],
  [0.999_999_9, '>99.99 %'],
  [1, '100 %'],
  [Number.NaN, '-'],
])('the ratio %d is %s', (ratio, text) => {
  expect(formatRatio(ratio)).toBe(text)
})

test.each([
  [0, '$0.00'],
  [12.34, '$12.34'],
  [1234.5, '$1,234.50'],
  [999_999.99, '$999,999.99'],
  [5_020_000, '$5.02 M'],
])('%d dollars are %s', (usd, text) => {
  expect(formatUsd(usd)).toBe(text)
})
