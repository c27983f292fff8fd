// Whatever a line says, it is understood or handed on as it is.

import { GENERATIONS } from '@celadon/contracts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatMessage, parseMessage } from '../../src/index.js'
import * as arbitraries from './arbitraries.js'

const { api, isEarly, metric, ...families } = arbitraries

const sent = fc.oneof(...Object.values(families), ...GENERATIONS.map(api))
const process = fc.constantFrom(
  ...['router', 'nginx', 'api', 'slugc', 'logplex', 'log-shuttle', 'web.1', 'postgres.1'],
  ...['heroku-postgres', 'heroku-redis', '', 'nonsense'],
)

/** A line that was cut off, with something in its place. */
const damaged = fc
  .tuple(sent, fc.constantFrom(...GENERATIONS), fc.nat(200), fc.nat(200), fc.string())
  .map(([{ message }, generation, start, length, replacement]) => {
    const text = formatMessage(message, generation)
    return text.slice(0, start) + replacement + text.slice(start + length)
  })

describe('any text', () => {
  test.each(['app', 'heroku', 'other'])('of %s is read without a failure', (source) => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), damaged)
    fc.assert(
      fc.property(process, text, (process, text) => {
        const message = parseMessage(source, process, text)
        if (message.type === 'text') expect(message.text).toBe(text)
        // What was understood says the same after it was written, except that paths of requests are
        // percent-encoded then.
        if (message.type === 'request' || message.type === 'app-request') return
        const again = formatMessage(message, 'router-2.0')
        expect(parseMessage(source, process, again)).toEqual(message)
      }),
      { numRuns: 1000 },
    )
  })

  test('that is long is read in a time in proportion to its length', () => {
    const parts = [' by user ', 'a=', "x='", '[', '] [', ' LOG:  ', '" "', ' | ', 'web@1:x ', ', ']
    const begins = [
      '',
      'method=',
      'method=GET ',
      'source=x ',
      'Deploy ',
      'Error R1 (',
      'Scaled to ',
      '[1-1] ',
    ]
    for (const part of parts) {
      for (const begin of begins) {
        const text = begin + part.repeat(100_000 / part.length)
        for (const process of ['api', 'nginx', 'web.1', 'postgres.1', 'logplex']) {
          expect(() => parseMessage('app', process, text)).not.toThrow()
          expect(() => parseMessage('heroku', process, text)).not.toThrow()
        }
      }
    }
  })

  test('with many quotes that are not closed is read at once', () => {
    // To look for the end of each would take minutes.
    const text = `method=GET path=/${" a='b".repeat(150_000)}`
    expect(parseMessage('app', 'web.1', text).type).toBe('text')
  })

  test('that is longer than any log has is a text', () => {
    for (const text of [
      `method="${'x'.repeat(2e7)}`,
      `Set ${'a, '.repeat(7e6)}a config vars by x`,
    ]) {
      expect(parseMessage('app', 'web.1', text).type).toBe('text')
      expect(parseMessage('app', 'api', text).type).toBe('text')
    }
  })
})
