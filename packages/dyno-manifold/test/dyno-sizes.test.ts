import { expect, test } from 'vitest'
import { DYNO_SIZES, findDynoSize } from '../src/index.js'

test('sizes are found by their name in any case', () => {
  for (const [name, size] of Object.entries(DYNO_SIZES)) {
    expect(size.name).toBe(name)
    expect(findDynoSize(name.toUpperCase())).toBe(size)
  }
  expect(findDynoSize('standard-3x')).toBeUndefined()
})

test('a month of 720 hours costs what Heroku charges', () => {
  const prices = Object.values(DYNO_SIZES).map(({ name, usdPerHour }) => [
    name,
    Number((usdPerHour * 720).toFixed(6)),
  ])
  expect(Object.fromEntries(prices)).toEqual({
    // Eco and the dyno of 2012 are priced by the hour.
    eco: 3.6,
    basic: 7,
    'standard-1x': 25,
    'standard-2x': 50,
    'performance-m': 250,
    'performance-l': 500,
    'performance-l-ram': 500,
    'performance-xl': 750,
    'performance-2xl': 1500,
    'dyno-2012': 36,
  })
})
