// Virtual time becomes the calendar time that stands before each line.

import type { Generation } from '@celadon/contracts'
import { createSimulation } from '@celadon/kernel'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createLogplex, formatLogLine, formatTimestamp } from '../src/index.js'

function stamp(epochMs: number, now: number, generation: Generation, process = 'web.1'): string {
  const simulation = { now, epochMs }
  const logplex = createLogplex({ simulation, generation, host: 'www.example.com' })
  logplex.write('app', process, 'hello')
  return logplex.recent()[0]?.split(' ')[0] ?? ''
}

describe('timestamps', () => {
  test.each([
    ['2026-03-02T09:43:06Z', 123.456, '2026-03-02T09:43:06.123456+00:00'],
    ['2024-02-28T23:59:59Z', 1000, '2024-02-29T00:00:00.000000+00:00'],
    ['2024-02-29T23:59:59Z', 999.9994, '2024-02-29T23:59:59.999999+00:00'],
    ['2024-02-29T23:59:59Z', 999.9996, '2024-03-01T00:00:00.000000+00:00'],
    ['2025-12-31T23:59:59Z', 1000.001, '2026-01-01T00:00:00.000001+00:00'],
    ['2100-02-28T23:59:59.500Z', 500, '2100-03-01T00:00:00.000000+00:00'],
    ['1969-12-31T23:59:59Z', 250.5, '1969-12-31T23:59:59.250500+00:00'],
  ])('%s and %d ms', (start, now, expected) => {
    expect(stamp(Date.parse(start), now, 'router-2.0')).toBe(expected)
  })

  test.each(['bamboo-2010', 'cedar-2012'] as const)('%s prints whole seconds', (generation) => {
    const epochMs = Date.parse('2012-02-07T09:43:05Z')
    expect(stamp(epochMs, 1999.9, generation)).toBe('2012-02-07T09:43:06+00:00')
  })

  test('events of the API have no fraction of a second', () => {
    const epochMs = Date.parse('2026-03-02T09:43:06Z')
    expect(stamp(epochMs, 999.9, 'router-2.0', 'api')).toBe('2026-03-02T09:43:06.000000+00:00')
    expect(stamp(epochMs, 999.9, 'router-2.0', 'api.1')).toBe('2026-03-02T09:43:06.999900+00:00')
    expect(stamp(epochMs, 999.9, 'cedar-2012', 'api')).toBe('2026-03-02T09:43:06+00:00')
  })

  test('agree with the calendar at any moment', () => {
    const start = fc.integer({ min: Date.parse('1970-01-01'), max: Date.parse('2200-01-01') })
    const offset = fc.integer({ min: 0, max: 400 * 86_400_000 })
    const fraction = fc.integer({ min: 0, max: 999 })
    fc.assert(
      fc.property(start, offset, fraction, (epochMs, ms, micros) => {
        const expected = new Date(epochMs + ms).toISOString().slice(0, -1)
        expect(stamp(epochMs, ms + micros / 1000, 'router-2.0')).toBe(
          `${expected}${String(micros).padStart(3, '0')}+00:00`,
        )
      }),
    )
  })

  test('do not depend on the lines before', () => {
    const secondsStart = fc.nat({ max: 4 }).map((seconds) => seconds * 1_000_000)
    const moment = fc.oneof(secondsStart, fc.nat({ max: 4_000_000 }))
    const moments = fc.array(moment, { minLength: 1 })
    fc.assert(
      fc.property(moments, (micros) => {
        const simulation = { now: 0, epochMs: 0 }
        const host = 'www.example.com'
        const logplex = createLogplex({ simulation, generation: 'router-2.0', host })
        const expected = micros.map((at) => {
          simulation.now = at / 1000
          logplex.write('app', 'web.1', '')
          return `${formatTimestamp(at, 'router-2.0')} app[web.1]: `
        })
        expect(logplex.recent({ lines: 1500 })).toEqual(expected)
      }),
    )
  })

  test("a kernel's simulation is a clock", () => {
    const simulation = createSimulation({ epochMs: Date.parse('2026-03-02T09:43:06Z') })
    const logplex = createLogplex({
      simulation,
      generation: 'router-2.0',
      host: 'www.example.com',
    })
    simulation.schedule(1500, () => logplex.write('heroku', 'web.1', 'Idling'), null)
    simulation.run()
    expect(logplex.recent()).toEqual(['2026-03-02T09:43:07.500000+00:00 heroku[web.1]: Idling'])
  })
})

test('formatLogLine prints a whole line', () => {
  const line = {
    atMicros: 1_328_607_786_123_456,
    source: 'app',
    process: 'web.1',
    text: 'hello',
  } as const
  expect(formatLogLine(line, 'router-2.0')).toBe(
    '2012-02-07T09:43:06.123456+00:00 app[web.1]: hello',
  )
  expect(formatLogLine(line, 'cedar-2012')).toBe('2012-02-07T09:43:06+00:00 app[web.1]: hello')
})
