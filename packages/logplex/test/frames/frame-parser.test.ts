// Reading frames gives back what was written, and says what is wrong with others, and where.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  encodeHttpsFrame,
  encodeSyslogFrame,
  type FrameForm,
  FrameParser,
  type LogLine,
  type ParsedFrame,
  parseFrames,
} from '../../src/index.js'
import { line } from './arbitrary-line.js'

const TOKEN = 'd.9173ea1f-6f14-4976-9cf0-7cd0dafdcdbc'
const forms: fc.Arbitrary<FrameForm> = fc.constantFrom('syslog', 'https')

function encode(lines: readonly LogLine[], form: FrameForm): Uint8Array {
  const frames = lines.map((each) =>
    form === 'syslog' ? encodeSyslogFrame(each, TOKEN) : encodeHttpsFrame(each),
  )
  return bytes(frames.map((frame) => Buffer.from(frame)))
}

function bytes(parts: readonly (string | Uint8Array)[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts.map((part) => Buffer.from(part))))
}

function inPieces(all: Uint8Array, cuts: readonly number[], form: FrameForm): ParsedFrame[] {
  const parser = new FrameParser(form)
  const places = [...cuts.map((cut) => cut % (all.length + 1)), all.length].sort((a, b) => a - b)
  const found: ParsedFrame[] = []
  let start = 0
  for (const place of places) {
    found.push(...parser.push(all.subarray(start, place)))
    start = place
  }
  return [...found, ...parser.end()]
}

/** Texts with half of a surrogate pair come back as U+FFFD; all others as they are. */
function asSent({ atMicros, source, process, text }: LogLine): Partial<ParsedFrame> {
  return { type: 'message', atMicros, source, process, text: Buffer.from(text).toString() }
}

describe('round trip', () => {
  test('parseFrames(encode(lines)) = lines, in both forms', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), forms, (lines, form) => {
        const parsed = parseFrames(encode(lines, form), form)
        expect(parsed).toMatchObject(lines.map(asSent))
        expect(parsed).toMatchObject(
          lines.map(() => ({ host: form === 'https' ? 'host' : TOKEN, messageId: '-' })),
        )
      }),
    )
  })

  test('however the bytes are cut', () => {
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 5 }),
        fc.array(fc.nat(2000)),
        forms,
        (lines, cuts, form) => {
          const all = encode(lines, form)
          expect(inPieces(all, cuts, form)).toEqual(parseFrames(all, form))
        },
      ),
    )
  })

  test('seconds come back as whole seconds', () => {
    const frame = encodeHttpsFrame(
      { atMicros: 1_354_257_929_000_000, source: 'app', process: 'web.1', text: 'x' },
      'bamboo-2010',
    )
    expect(parseFrames(frame, 'https')).toMatchObject([{ atMicros: 1_354_257_929_000_000 }])
  })
})

describe('what others write', () => {
  test("the Dev Center's sample", () => {
    const sample =
      '83 <40>1 2012-11-30T06:45:29+00:00 host app web.3 - State changed from starting to up\n'
    expect(parseFrames(bytes([sample, sample]), 'https')).toMatchObject([
      { priority: 40, source: 'app', process: 'web.3', text: 'State changed from starting to up' },
      { offset: sample.length },
    ])
  })

  const cases: readonly [string, number][] = [
    ['2012-11-30T06:45:29Z', 1_354_257_929_000_000],
    ['2012-11-30T06:45:29.5+00:00', 1_354_257_929_500_000],
    ['2012-11-29T22:45:29-08:00', 1_354_257_929_000_000],
    ['2012-11-30T12:15:29+05:30', 1_354_257_929_000_000],
    ['2000-02-29T23:59:59Z', 951_868_799_000_000],
    ['1970-01-01T00:00:00.000001Z', 1],
  ]

  test.each(cases)('time %s', (stamp, atMicros) => {
    const message = `<190>1 ${stamp} h t.1 web.1 - - x`
    expect(parseFrames(bytes([`${message.length} ${message}`]), 'syslog')).toMatchObject([
      { atMicros },
    ])
  })

  test('structured data is left out, and a message may lack its text', () => {
    const messages = [
      '<190>1 2012-11-30T06:45:29Z h t.1 web.1 ID1 [a b="c\\]d"][e] text [x]',
      '<190>1 2012-11-30T06:45:29Z h t.1 web.1 - -',
    ]
    const parsed = parseFrames(bytes(messages.map((each) => `${each.length} ${each}`)), 'syslog')
    expect(parsed).toMatchObject([{ text: 'text [x]', messageId: 'ID1' }, { text: '' }])
  })
})

describe('what is wrong', () => {
  const good = encodeSyslogFrame({ atMicros: 0, source: 'app', process: 'web.1', text: 'x' }, TOKEN)

  test.each([
    ['hello', /not a frame|header/],
    ['<190>1 yesterday h t.1 web.1 - - x', /"yesterday"/],
    ['<190>1 2012-13-30T06:45:29Z h t.1 web.1 - - x', /2012-13-30/],
    ['<192>1 2012-11-30T06:45:29Z h t.1 web.1 - - x', /192/],
    ['<190>1 2012-11-30T06:45:29Z h t.1 web.1 - x', /structured data/],
  ])('%s: told with its place, and the next frame is read', (message, problem) => {
    const parsed = parseFrames(bytes([good, `${message.length} ${message}`, good]), 'syslog')
    expect(parsed).toMatchObject([
      { type: 'message', offset: 0 },
      {
        type: 'problem',
        offset: good.length,
        fatal: false,
        problem: expect.stringMatching(problem),
      },
      { type: 'message', offset: good.length + message.length + String(message.length).length + 1 },
    ])
  })

  test.each(['x', ' 5 hello', '0 ', '1234567890 x', '12x'])(
    'without a length and a space (%j) the rest is lost',
    (junk) => {
      const parsed = parseFrames(bytes([good, junk, good]), 'syslog')
      expect(parsed).toMatchObject([
        { type: 'message' },
        { type: 'problem', offset: good.length, fatal: true },
      ])
    },
  )

  test('a length in characters instead of bytes is noticed', () => {
    const message = '<190>1 2012-11-30T06:45:29Z h t.1 web.1 - - naïve\n'
    const parsed = parseFrames(bytes([`${message.length} ${message}`, good]), 'syslog')
    expect(parsed).toMatchObject([{ type: 'message' }, { type: 'problem', fatal: true }])
  })

  test('an end within a frame', () => {
    const all = bytes([good, good])
    const parsed = parseFrames(all.subarray(0, all.length - 1), 'syslog')
    expect(parsed).toMatchObject([
      { type: 'message' },
      { type: 'problem', offset: good.length, fatal: true },
    ])
  })

  test('a message over 10,240 bytes is passed over, whole or in pieces', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(11_000), { maxLength: 4 }), (cuts) => {
        const long = `<190>1 2012-11-30T06:45:29Z h t.1 web.1 - - ${'x'.repeat(10_200)}`
        const all = bytes([good, `${long.length} ${long}`, good])
        expect(inPieces(all, cuts, 'syslog')).toMatchObject([
          { type: 'message' },
          { type: 'problem', offset: good.length, fatal: false },
          { type: 'message', offset: all.length - good.length },
        ])
      }),
      { numRuns: 30 },
    )
  })

  test('no bytes make it throw', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        fc.array(fc.nat(200)),
        forms,
        (junk, cuts, form) => {
          expect(inPieces(junk, cuts, form)).toEqual(parseFrames(junk, form))
        },
      ),
    )
  })
})
