// However an input is encoded and cut into pieces, and whatever is in it, its lines are the same.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatLogLine } from '../../src/index.js'
import { type Piece, type ReadLog, read, utf16 } from './read.js'

const HEADERS = [
  '2026-03-02T09:43:06.123456+00:00 heroku[router]: ',
  '2012-02-07T09:43:06-08:00 app[web.1]: ',
  '2026-03-02T09:43:06+00:00 app[heroku-postgres]: ',
  '<158>1 2026-03-02T09:43:06+00:00 host heroku router - ',
  '<190>1 2026-03-02T09:43:06+00:00 d.0b1c app web.1 - - ',
  'Mar 02 09:43:06 shop heroku/router:  ',
  '7\t2026-03-02T09:43:06Z\t2026-03-02T09:43:07Z\t9\tshop\t192.0.2.1\tLocal3\tInfo\tapp/web.1\t',
  '{"dt":"2026-03-02T09:43:06Z","program":"app/web.1","message":"',
  '\u001b[36m2026-03-02T09:43:06Z app[web.1]:\u001b[0m ',
  '> ',
  '',
]
const BREAKS = ['\n', '\r\n', '\r', '\n\n', '\r\r\n']

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }).map((value) => value.replace(/[\r\n]/g, '')),
  fc.constant('at=info method=GET path="/" host=www.example.com dyno=web.1 status=200 bytes=13'),
  fc.constant('\tat com.example.Shop.main(Shop.java:1)'),
  fc.constant('"}'),
)
const message = fc.record({ header: fc.constantFrom(...HEADERS), text })
const plainLine = fc
  .record({ message, end: fc.constantFrom(...BREAKS) })
  .map(({ message: { header, text: body }, end }) => header + body + end)
const frame = fc
  .record({
    body: message.map(({ header, text: rest }) =>
      header.startsWith('<') ? header + rest : `<1>${rest}`,
    ),
    end: fc.constantFrom('', '\n'),
    error: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.integer({ min: -5, max: 50 })),
  })
  .map(({ body, end, error }) => {
    const length = new TextEncoder().encode(body + end).length + error
    return `${length} ${body}${end}`
  })
const log = fc.array(fc.oneof(plainLine, frame), { maxLength: 12 }).map((lines) => lines.join(''))
const cuts = fc.array(fc.nat({ max: 12 }), { minLength: 1, maxLength: 30 })

/** Cuts an input at steps that repeat; a step of 0 is an empty piece. */
function pieces<Input extends Piece>(input: Input, steps: readonly number[]): Piece[] {
  const cut: Piece[] = []
  let start = 0
  for (let index = 0; start < input.length; index += 1) {
    const step = steps[index % steps.length] ?? 0
    const end = start + step + (index % steps.length === 0 && step === 0 ? 1 : 0)
    cut.push(typeof input === 'string' ? input.slice(start, end) : input.subarray(start, end))
    start = end
  }
  return cut
}

/** What must not depend on the pieces. */
function essence({ lines, counts }: ReadLog): unknown {
  return { lines, counts: { ...counts, bytes: 0 } }
}

test('bytes in pieces give the lines of the whole', () => {
  fc.assert(
    fc.property(log, cuts, (input, steps) => {
      const bytes = new TextEncoder().encode(input)
      const whole = read([bytes])
      const parted = read(pieces(bytes, steps))
      expect(essence(parted)).toEqual(essence(whole))
      expect(parted.counts.bytes).toBe(bytes.length)
    }),
    { numRuns: 300 },
  )
})

test('text, UTF-8 and UTF-16 give the same lines, with a byte order mark and without', () => {
  fc.assert(
    fc.property(log, cuts, fc.boolean(), (body, steps, marked) => {
      // An input without a mark is known as UTF-16 by two characters of ASCII.
      const input = `20${body}`
      const whole = essence(read([input]))
      const start = marked ? '\ufeff' : ''
      expect(essence(read(pieces(start + input, steps)))).toEqual(whole)
      expect(essence(read(pieces(new TextEncoder().encode(start + input), steps)))).toEqual(whole)
      expect(essence(read(pieces(utf16(start + input, false), steps)))).toEqual(whole)
      expect(essence(read(pieces(utf16(start + input, true), steps)))).toEqual(whole)
    }),
    { numRuns: 200 },
  )
})

test('any bytes give lines whose numbers rise, and counts that add up', () => {
  const anyBytes = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc
      .record({ log, noise: fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { maxLength: 20 }) })
      .map(({ log: input, noise }) => {
        const bytes = new TextEncoder().encode(input)
        for (const [at, value] of noise) if (bytes.length > 0) bytes[at % bytes.length] = value
        return bytes
      }),
  )
  fc.assert(
    fc.property(anyBytes, cuts, (bytes, steps) => {
      const whole = read([bytes])
      const { lines, counts } = whole
      expect(essence(read(pieces(bytes, steps)))).toEqual(essence(whole))
      const numbers = lines.map(({ number }) => number)
      expect(numbers).toEqual([...new Set(numbers)].toSorted((one, other) => one - other))
      expect(counts.lines).toBe(lines.length)
      expect(sum(counts.forms)).toBe(counts.lines)
      expect(sum(counts.messages)).toBe(counts.lines)
      expect(counts.understood).toBe(counts.lines - (counts.messages.text ?? 0))
      expect(counts.continued).toBe(lines.filter(({ continues }) => continues).length)
      for (const { atMicros, text: body } of lines) {
        expect(atMicros === null || Number.isInteger(atMicros)).toBe(true)
        expect(body).not.toMatch(/[\r\n]$/)
      }
    }),
    { numRuns: 500 },
  )
})

test('a line that is written is read with every part of it', () => {
  const line = fc.record({
    atMicros: fc.integer({ min: 0, max: 4e15 }),
    source: fc.constantFrom('app' as const, 'heroku' as const),
    process: fc.stringMatching(/^[a-z][a-z0-9.-]{0,20}$/),
    text: fc.string({ unit: 'grapheme' }).map((value) => value.replace(/[\p{Cc}]/gu, '')),
  })
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      const input = lines.map((each) => `${formatLogLine(each, 'router-2.0')}\n`).join('')
      const found = read([new TextEncoder().encode(input)]).lines
      expect(
        found.map(({ atMicros, source, process, text: body }) => ({
          atMicros,
          source,
          process,
          text: body,
        })),
      ).toEqual(lines)
    }),
  )
})

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0)
}
