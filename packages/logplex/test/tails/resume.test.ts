// A reader that was cut off goes on after its last line, as far as the history reaches.

import type { LogSource } from '@celadon/contracts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createLogplex, promptReader } from '../../src/index.js'

test('it gets each line that it lacks once, and is told how many are gone', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 60 }),
      fc.integer({ min: 0, max: 60 }),
      fc.integer({ min: 0, max: 10 }),
      fc.integer({ min: 1, max: 40 }),
      fc.constantFrom<LogSource | undefined>(undefined, 'app'),
      (before, between, after, ringLines, source) => {
        const logplex = createLogplex({
          simulation: { now: 0, epochMs: 0 },
          generation: 'router-2.0',
          host: 'www.example.com',
          ringLines,
        })
        const write = (count: number): void => {
          for (let line = 0; line < count; line += 1) {
            logplex.write(logplex.lines % 3 === 0 ? 'heroku' : 'app', 'web.1', 'x')
          }
        }
        const options = source === undefined ? {} : { source }
        const ids: number[] = []
        const reader = promptReader(({ id }) => ids.push(id))
        const first = logplex.tail(options)
        first.connect(reader)
        write(before)
        first.disconnect()
        write(between)
        const second = logplex.tail(options)
        second.connect(reader, first.lastId)
        const { missed, backlog } = second.statistics
        write(after)

        const total = before + between + after
        const oldestKept = Math.max(1, before + between - ringLines + 1)
        expect(missed).toBe(Math.max(0, oldestKept - first.lastId - 1))
        const expected = Array.from({ length: total }, (_, index) => index + 1)
          .filter((id) => id <= before || id >= oldestKept)
          .filter((id) => source === undefined || (id - 1) % 3 !== 0)
        expect(ids).toEqual(expected)
        expect(second.statistics.delivered + backlog + first.statistics.delivered).toBe(ids.length)
      },
    ),
  )
})
