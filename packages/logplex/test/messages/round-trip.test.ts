import { GENERATIONS, type Generation } from '@celadon/contracts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatMessage, parseMessage } from '../../src/index.js'
import type { Sent } from './arbitraries.js'
import * as arbitraries from './arbitraries.js'

const { api, isEarly, metric, ...families } = arbitraries

function expectRoundTrip({ source, process, message }: Sent, generation: Generation): void {
  const text = formatMessage(message, generation)
  expect(parseMessage(source, process, text)).toEqual(message)
  expect(formatMessage(parseMessage(source, process, text), generation)).toBe(text)
}

describe.each(GENERATIONS)('in %s, what was written is read back:', (generation) => {
  test.each(Object.entries(families))('%s', (_, family) => {
    fc.assert(fc.property(family, (sent) => expectRoundTrip(sent, generation)))
  })

  test('api', () => {
    fc.assert(fc.property(api(generation), (sent) => expectRoundTrip(sent, generation)))
  })
})
