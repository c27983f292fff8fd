import { createLogReader, type ReadLine } from '@celadon/logplex'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chooseLines, type LineChoice } from '../src/logs/choose-lines.js'

const ALL: LineChoice = { from: null, newest: null }
const STARTED_AT = Date.parse('2026-03-02T09:00:00Z')

/** A line of a log, of which some have no header. */
interface Written {
  /** `app[web.1]`; null: the line has no header. */
  readonly origin: string | null
  readonly second: number
}

const written: fc.Arbitrary<Written> = fc.record({
  origin: fc.constantFrom(
    null,
    'app[web.1]',
    'app[web.2]',
    'app[webhook.1]',
    'heroku[web.1]',
    'heroku[router]',
  ),
  second: fc.nat(300),
})

function read(lines: readonly Written[]): ReadLine[] {
  const found: ReadLine[] = []
  const reader = createLogReader({ onLine: (line) => found.push(line) })
  for (const [index, { origin, second }] of lines.entries()) {
    const time = new Date(STARTED_AT + second * 1000).toISOString()
    reader.push(origin === null ? `no header ${index}\n` : `${time} ${origin}: line ${index}\n`)
  }
  reader.end()
  return found
}

/** The lines in pieces of this size, as they come from a file. */
async function* pieces(lines: readonly ReadLine[], size: number) {
  for (let from = 0; from < lines.length; from += size) {
    yield { lines: lines.slice(from, from + size), wholeSeconds: false }
  }
}

async function chosen(lines: readonly ReadLine[], size: number, choice: LineChoice) {
  const texts: string[] = []
  for await (const piece of chooseLines(pieces(lines, size), choice)) {
    texts.push(...piece.lines.map(({ text }) => text))
  }
  return texts
}

const logs = fc.array(written, { maxLength: 40 }).map(read)
const sizes = fc.integer({ min: 1, max: 12 })

describe('which lines of a log are shown', () => {
  test('all of them, unless something is asked for', async () => {
    await fc.assert(
      fc.asyncProperty(logs, sizes, async (lines, size) => {
        expect(await chosen(lines, size, ALL)).toEqual(lines.map(({ text }) => text))
      }),
    )
  })

  test('those of a source and of a process or its type; a line without header goes with the one before', async () => {
    const sources = fc.constantFrom(undefined, 'app', 'heroku', 'nobody')
    const processes = fc.constantFrom(undefined, 'web', 'web.1', 'router')
    await fc.assert(
      fc.asyncProperty(logs, sizes, sources, processes, async (lines, size, source, process) => {
        const wanted = lines.filter((_, index) => {
          const headed = lines.slice(0, index + 1).findLast((line) => line.source !== '')
          if (headed === undefined) return source === undefined && process === undefined
          const isProcess =
            process === undefined ||
            headed.process === process ||
            headed.process.split('.')[0] === process
          return isProcess && (source === undefined || headed.source === source)
        })
        expect(await chosen(lines, size, { ...ALL, source, process })).toEqual(
          wanted.map(({ text }) => text),
        )
      }),
    )
  })

  test('the newest, oldest first, counted after the filter', async () => {
    await fc.assert(
      fc.asyncProperty(
        logs,
        sizes,
        fc.integer({ min: 1, max: 50 }),
        async (lines, size, newest) => {
          const filtered = await chosen(lines, size, { ...ALL, process: 'web' })
          expect(await chosen(lines, size, { ...ALL, process: 'web', newest })).toEqual(
            filtered.slice(-newest),
          )
        },
      ),
    )
  })

  test('from the first line of its time on, whatever times come later', async () => {
    await fc.assert(
      fc.asyncProperty(logs, sizes, fc.nat(300), async (lines, size, second) => {
        const atMicros = (STARTED_AT + second * 1000) * 1000
        const first = lines.findIndex((line) => line.atMicros !== null && line.atMicros >= atMicros)
        const wanted = first < 0 ? [] : lines.slice(first)
        expect(await chosen(lines, size, { ...ALL, from: { type: 'moment', atMicros } })).toEqual(
          wanted.map(({ text }) => text),
        )
      }),
    )
  })
})
