// A reader that falls behind loses the oldest lines, and is told before the next one.

import type { LogSource } from '@celadon/contracts'
import { createSimulation } from '@celadon/kernel'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  createLogplex,
  type Logplex,
  type LogplexOptions,
  slowReader,
  type TailLine,
  type TailReader,
  type TailSession,
} from '../../src/index.js'

const L11 =
  /^(\S+) heroku\[logplex\]: Error L11 \(Tail buffer overflow\) -> This tail session dropped (\d+) messages since (\S+)\.$/

class Clock {
  now = 0
  readonly epochMs = 0
}

function newLogplex(options: Partial<LogplexOptions> = {}): Logplex {
  return createLogplex({
    simulation: new Clock(),
    generation: 'router-2.0',
    host: 'www.example.com',
    ...options,
  })
}

/** Takes packets and asks for more when the test says so. */
class HeldReader implements TailReader {
  readonly packets: (readonly TailLine[])[] = []
  private session: TailSession | null = null

  take(lines: readonly TailLine[], session: TailSession): void {
    this.packets.push(lines)
    this.session = session
  }

  release(): void {
    const { session } = this
    this.session = null
    session?.ready()
  }

  get lines(): TailLine[] {
    return this.packets.flat()
  }
}

function reportOf({ text }: TailLine): number | null {
  const match = L11.exec(text)
  return match === null ? null : Number(match[2])
}

function reported(lines: readonly TailLine[]): number {
  return lines.reduce((total, line) => total + (reportOf(line) ?? 0), 0)
}

type Step =
  | { readonly type: 'write'; readonly lines: number; readonly source: LogSource }
  | { readonly type: 'release' }

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    type: fc.constant('write' as const),
    lines: fc.oneof(fc.nat({ max: 40 }), fc.nat({ max: 1500 })),
    source: fc.constantFrom<LogSource>('app', 'heroku'),
  }),
  fc.constant<Step>({ type: 'release' }),
)

describe('a reader of any speed', () => {
  test('lines are delivered, filtered, dropped or waiting, and L11 tells of all that was dropped', () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 30 }),
        fc.constantFrom<LogSource | undefined>(undefined, 'app', 'heroku'),
        fc.constantFrom(1, 1023, 1500),
        (steps, source, ringLines) => {
          const logplex = newLogplex({ ringLines })
          const reader = new HeldReader()
          const session = logplex.tail(source === undefined ? {} : { source })
          session.connect(reader)
          for (const action of steps) {
            if (action.type === 'release') reader.release()
            else {
              for (let line = 0; line < action.lines; line += 1) {
                logplex.write(action.source, 'web.1', `line ${logplex.lines + 1}`)
              }
            }
            const { taken, delivered, filtered, dropped, waiting } = session.statistics
            expect(taken).toBe(logplex.lines)
            expect(delivered + filtered + dropped + waiting).toBe(taken)
            expect(waiting).toBeLessThanOrEqual(1024)
          }
          for (let round = 0; session.statistics.waiting > 0 && round < 10_000; round += 1) {
            reader.release()
          }
          reader.release()
          const { delivered, filtered, dropped, waiting } = session.statistics
          expect(waiting).toBe(0)
          expect(delivered + filtered + dropped).toBe(logplex.lines)
          const own = reader.lines.filter((line) => reportOf(line) === null)
          expect(own).toHaveLength(delivered)
          for (const { id, text } of own) expect(text.endsWith(`]: line ${id}`)).toBe(true)
          const ids = reader.lines.map(({ id }) => id)
          expect(ids).toEqual([...ids].sort((one, other) => one - other))
          // The report passes the filter as all lines do.
          if (source !== 'app') expect(reported(reader.lines)).toBe(dropped)
          else expect(reported(reader.lines)).toBe(0)
        },
      ),
      { numRuns: 40 },
    )
  })

  test('the report stands where the lines are missing', () => {
    const logplex = newLogplex()
    const reader = new HeldReader()
    logplex.tail().connect(reader)
    for (let line = 1; line <= 1125; line += 1) logplex.write('app', 'web.1', `line ${line}`)
    // The reader has line 1, the buffer 1024 others, and 100 are gone.
    reader.release()
    expect(reader.packets[0]?.map(({ id }) => id)).toEqual([1])
    expect(reader.packets[1]?.slice(0, 2)).toEqual([
      {
        id: 101,
        text: '1970-01-01T00:00:00.000000+00:00 heroku[logplex]: Error L11 (Tail buffer overflow) -> This tail session dropped 100 messages since 1970-01-01T00:00:00.000000+00:00.',
      },
      { id: 102, text: '1970-01-01T00:00:00.000000+00:00 app[web.1]: line 102' },
    ])
  })

  test('the loss counts from the first line that went', () => {
    const simulation = new Clock()
    const logplex = newLogplex({ simulation })
    const reader = new HeldReader()
    logplex.tail().connect(reader)
    for (let line = 1; line <= 1030; line += 1) {
      simulation.now = line * 1000
      logplex.write('app', 'web.1', `line ${line}`)
    }
    reader.release()
    const [report] = reader.packets[1] ?? []
    // Line 1026 did not fit any more: the reader had 1, the buffer 2 to 1025.
    expect(report?.text).toMatch(
      /^1970-01-01T00:17:10\.0+\+00:00 .* dropped 5 messages since 1970-01-01T00:17:06\.0+\+00:00\.$/,
    )
  })

  test('the words of 2011', () => {
    const logplex = newLogplex({ generation: 'bamboo-2010' })
    const reader = new HeldReader()
    logplex.tail().connect(reader)
    for (let line = 1; line <= 1026; line += 1) logplex.write('app', 'web.1', 'x')
    reader.release()
    expect(reader.packets[1]?.[0]?.text).toBe(
      '1970-01-01T00:00:00+00:00 heroku[logplex]: L11 (Tail buffer overflow) -> This tail session dropped 1 messages since 1970-01-01T00:00:00+00:00',
    )
  })
})

describe('packets', () => {
  test('are filled to less than 4096 bytes, or are one line that is longer', () => {
    const length = fc.oneof(fc.nat({ max: 200 }), fc.integer({ min: 3900, max: 4200 }))
    fc.assert(
      fc.property(fc.array(length, { minLength: 1, maxLength: 80 }), (lengths) => {
        const logplex = newLogplex()
        const reader = new HeldReader()
        logplex.tail().connect(reader)
        for (const count of lengths) logplex.write('app', 'web.1', 'é'.repeat(count))
        while (reader.lines.length < lengths.length) reader.release()
        const sizes = reader.packets.map((packet) => packet.map(bytesOf))
        for (const [index, packet] of sizes.entries()) {
          const total = sum(packet)
          const last = packet.at(-1) ?? 0
          if (total >= 4096) expect(last).toBeGreaterThanOrEqual(4096)
          // The first packet went when there was but one line.
          const [next] = sizes[index + 1] ?? []
          if (index > 0 && total < 4096 && next !== undefined) {
            expect(total + next).toBeGreaterThanOrEqual(4096)
            expect(next).toBeLessThan(4096)
          }
        }
      }),
    )
  })
})

test('a packet of exactly 4096 bytes is one line too long', () => {
  const logplex = newLogplex()
  const reader = new HeldReader()
  logplex.tail().connect(reader)
  // With its prefix and line break a line of 978 characters has 1024 bytes.
  for (let line = 0; line < 9; line += 1) logplex.write('app', 'web.1', 'x'.repeat(978))
  reader.release()
  reader.release()
  expect(reader.packets.map((packet) => packet.map(bytesOf))).toEqual([
    [1024],
    [1024, 1024, 1024],
    [1024, 1024, 1024],
  ])
})

test('a reader that asks at once is handed packets one after the other, not one within the other', () => {
  const logplex = newLogplex()
  const depths: number[] = []
  let depth = 0
  const session = logplex.tail()
  session.connect({
    take: () => {
      depth += 1
      depths.push(depth)
      if (depths.length > 1) session.ready()
      depth -= 1
    },
  })
  for (let line = 0; line < 100; line += 1) logplex.write('app', 'web.1', 'x'.repeat(978))
  session.ready()
  expect(depths).toEqual(new Array(34).fill(1))
})

const utf8 = new TextEncoder()

function bytesOf({ text }: TailLine): number {
  return utf8.encode(text).length + 1
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

describe('a reader with a speed', () => {
  test('reads at that speed; what comes beyond it is lost', () => {
    const simulation = createSimulation()
    const logplex = newLogplex({ simulation })
    const session = logplex.tail()
    session.connect(slowReader({ scheduler: simulation, linesPerSecond: 40 }))
    const write = (): void => logplex.write('app', 'web.1', 'x'.repeat(50))
    simulation.source(() => 10, write, null)
    simulation.run(600_000)
    const { taken, delivered, dropped, waiting } = session.statistics
    expect(taken).toBe(60_000)
    expect(waiting).toBeGreaterThan(1024 - 45)
    // It is never idle, so it has read 24,000 lines; a packet of up to 45 is being read, and each
    // report of a loss has taken the time of a line.
    expect(delivered).toBeLessThanOrEqual(24_000 + 45)
    expect(delivered).toBeGreaterThan(24_000 * (1 - 1 / 30) - 45)
    expect(delivered + dropped + waiting).toBe(taken)
  })

  test('a reader that is fast enough loses nothing, a pause included that the buffer bridges', () => {
    const simulation = createSimulation()
    const logplex = newLogplex({ simulation })
    const lines: TailLine[] = []
    const session = logplex.tail()
    session.connect(
      slowReader({
        scheduler: simulation,
        linesPerSecond: 200,
        pauses: [{ fromMs: 20_000, toMs: 30_000 }],
        write: (line) => lines.push(line),
      }),
    )
    simulation.source(
      () => 10,
      () => logplex.write('app', 'web.1', 'x'),
      null,
    )
    simulation.run(29_000)
    expect(session.statistics.waiting).toBeGreaterThan(890)
    simulation.run(60_000)
    expect(session.statistics).toMatchObject({ taken: 6000, dropped: 0 })
    expect(lines.length).toBeGreaterThanOrEqual(5998)
  })

  test.each([
    [{ linesPerSecond: 0 }, 'linesPerSecond must be a number above 0, but was 0'],
    [{ linesPerSecond: Number.NaN }, 'but was NaN'],
    [{ linesPerSecond: 1, pauses: [{ fromMs: 2, toMs: 1 }] }, 'from 2 to 1 ms'],
  ])('%j', (options, message) => {
    const scheduler = createSimulation()
    expect(() => slowReader({ scheduler, ...options })).toThrow(message)
  })
})
