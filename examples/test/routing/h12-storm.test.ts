import { covers } from '@celadon/kernel'
import { describe, expect, test } from 'vitest'
import { finalRate, run } from '../../routing/h12-storm.js'
import { certain } from '../claims.js'

/** Interval in which the overload ends: intervals take 10 s. */
const OVERLOAD_END = (5 * 60) / 10 - 1

const { variants } = run({ replications: 3, minutes: 13 })
const stormsOf = (clients: string) => variants.find(({ name }) => name === clients)?.storms ?? []

describe.each(['no retries', '2 retries, budget 10 %'])('after the overload, %s', (clients) => {
  test('lets the app serve again all that comes', () => {
    expect(covers(certain(stormsOf(clients), finalRate), 40)).toBe(true)
  })
})

describe.each(['2 retries at once', '2 retries with back-off'])(
  'after the overload, %s',
  (clients) => {
    test('keeps the app from serving anybody', () => {
      expect(certain(stormsOf(clients), finalRate).high).toBeLessThan(1)
    })

    test('leaves more waiting than the overload did', () => {
      for (const { waiting } of stormsOf(clients)) {
        expect(waiting.at(-1)).toBeGreaterThan(waiting[OVERLOAD_END] ?? Number.NaN)
      }
    })
  },
)

test('a budget of 10 % bounds the attempts', () => {
  for (const { asks, attempts } of stormsOf('2 retries, budget 10 %')) {
    expect(attempts).toBeLessThanOrEqual(1.1 + 10 / asks)
  }
})

test('time-outs begin after the overload has, and end', () => {
  for (const { timedOut } of stormsOf('no retries')) {
    const first = timedOut.findIndex((rate) => rate > 0)
    expect(first * 10_000).toBeGreaterThanOrEqual(2 * 60_000)
    expect(timedOut.at(-1)).toBe(0)
  }
})
