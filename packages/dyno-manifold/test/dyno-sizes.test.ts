import { expect, test } from 'vitest'
import { DYNO_SIZES, dynoSizes, findDynoSize } from '../src/index.js'

const named = (when?: string): string[] => dynoSizes(when).map(({ name }) => name)

test('sizes of today are found by their name in any case', () => {
  for (const [name, size] of Object.entries(DYNO_SIZES)) {
    expect(size.name).toBe(name)
    if (size.until === null) expect(findDynoSize(name.toUpperCase())).toBe(size)
  }
})

test('each period has the sizes that were sold then', () => {
  expect(named('bamboo-2010')).toEqual(['dyno-2012'])
  expect(named('cedar-2012')).toEqual(['dyno-2012'])
  expect(named('2013-04-01')).toEqual(['1x', '2x'])
  expect(named('2014-03')).toEqual(['1x', '2x', 'px'])
  expect(named('2015-07')).toEqual(
    expect.arrayContaining(['free', 'hobby', 'standard-1x', 'standard-2x', 'performance']),
  )
  expect(named('common-runtime-2019')).toEqual(
    expect.arrayContaining(['free', 'hobby', 'standard-1x', 'performance-l', 'shield-s']),
  )
  expect(named()).not.toContain('free')
  expect(named()).toEqual(
    expect.arrayContaining(['eco', 'standard-1x', 'performance-2xl', 'dyno-1c-0.5gb']),
  )
})

test('no name is sold twice on one day', () => {
  for (let month = 0; month < 16 * 12; month += 1) {
    const day = `${2010 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-15`
    expect(new Set(named(day)).size).toBe(named(day).length)
  }
})

test('a name can mean another size at another time', () => {
  expect(findDynoSize('1x', '2013-05').memoryKillFactor).toBe(3)
  expect(findDynoSize('1x', '2014-08').memoryKillFactor).toBe(5)
  expect(findDynoSize('standard-2x', '2016').guaranteedCores).toBeCloseTo(0.64, 9)
  expect(findDynoSize('standard-2x').guaranteedCores).toBeCloseTo(0.32, 9)
})

test('a size that is not sold is named together with those that are, and with its own time', () => {
  expect(() => findDynoSize('standard-3x')).toThrow(
    /no dyno size standard-3x .*Sold then: eco, basic/,
  )
  expect(() => findDynoSize('2x', '2016')).toThrow('2x was sold from 2013-04 to 2014-06.')
  expect(() => findDynoSize('eco', 'common-runtime-2019')).toThrow('from 2022-11 to today')
  expect(() => findDynoSize('eco', 'cedar-2013')).toThrow(
    'a day, for example 2014-03-01, or one of',
  )
})

test('no dyno is promised more than it can have', () => {
  for (const when of ['2010', '2013-05', '2014-08', '2016', '2019', undefined]) {
    for (const { cores, guaranteedCores, dedicated, memoryKillFactor } of dynoSizes(when)) {
      expect(guaranteedCores).toBeLessThanOrEqual(cores)
      if (dedicated) expect(guaranteedCores).toBe(cores)
      expect(memoryKillFactor).toBeGreaterThanOrEqual(1)
    }
  }
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
