// Wrong options stop at once and say what would be accepted.

import type { Generation } from '@celadon/contracts'
import { CeladonError } from '@celadon/kernel'
import { describe, expect, test } from 'vitest'
import { createLogplex, DEFAULT_RING_LINES, type LogplexOptions } from '../src/index.js'

const GOOD: LogplexOptions = {
  simulation: { now: 0, epochMs: 0 },
  generation: 'router-2.0',
  host: 'www.example.com',
}

function errorOf(action: () => unknown): CeladonError {
  try {
    action()
  } catch (error) {
    if (error instanceof CeladonError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

describe('usage errors', () => {
  test.each<readonly [string, () => unknown, string]>([
    [
      'an unknown generation',
      () => createLogplex({ ...GOOD, generation: 'cedar' as Generation }),
      'generation must be one of bamboo-2010, cedar-2012, common-runtime-2019, router-2.0, but was cedar',
    ],
    [
      'a host with a line break',
      () => createLogplex({ ...GOOD, host: 'a\nb' }),
      'host must be a host name such as shop-1a2b3c.herokuapp.com, but was "a\\nb"',
    ],
    ['no host', () => createLogplex({ ...GOOD, host: '' }), 'but was ""'],
    [
      'a host that is longer than names may be',
      () => createLogplex({ ...GOOD, host: 'a'.repeat(254) }),
      'but was "aaaa',
    ],
    [
      'a ring without rows',
      () => createLogplex({ ...GOOD, ringLines: 0 }),
      'ringLines must be a whole number from 1 to 1000000, but was 0',
    ],
    [
      'unknown request lines',
      () => createLogplex({ ...GOOD, requestLines: 'all' as 'router' }),
      'requestLines must be router or router+app, but was all',
    ],
    [
      'a negative number of lines',
      () => createLogplex(GOOD).recent({ lines: -1 }),
      'lines must be a whole number from 0 to 1000000, but was -1',
    ],
    [
      'half a character',
      () => createLogplex(GOOD).firehose(() => {}, { chunkBytes: 0.5 }),
      'chunkBytes must be a whole number from 1 to 16777216, but was 0.5',
    ],
  ])('%s', (_, action, message) => {
    const error = errorOf(action)
    expect(error.code).toBe('LOGPLEX_ARGUMENT_INVALID')
    expect(error.message).toContain(message)
  })

  test('a port may follow the host', () => {
    expect(() => createLogplex({ ...GOOD, host: 'localhost:5000' })).not.toThrow()
  })
})

test('the ring keeps as many lines as Heroku does', () => {
  expect(DEFAULT_RING_LINES).toBe(1500)
})
