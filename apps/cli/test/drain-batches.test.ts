import { encodeHttpsFrame } from '@celadon/logplex'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DrainedLines } from '../src/drain/drained-lines.js'
import type { Transport } from '../src/drain/transport.js'
import { messagesIn, readLines } from './drain-consumers.js'

const BATCH_BYTES = 500

/** Keeps the batches. */
class Kept implements Transport {
  readonly batchBytes: number = BATCH_BYTES
  readonly encode: Transport['encode'] = encodeHttpsFrame
  readonly batches: { readonly bytes: Uint8Array; readonly messages: number }[] = []

  async send(bytes: Uint8Array, messages: number): Promise<void> {
    this.batches.push({ bytes, messages })
  }

  async close(): Promise<void> {}

  abandon(): void {}
}

async function drained(log: string): Promise<{ kept: Kept; summary: string }> {
  const kept = new Kept()
  const drain = new DrainedLines(kept, 'syslog://logs.example.com:514')
  for (const line of readLines(log)) await drain.add(line, false)
  await drain.flush()
  return { kept, summary: drain.summary() }
}

describe('the batches of a drain', () => {
  test('hold every line once, in order, as many as stay below their size', async () => {
    const text = fc.string({ minLength: 1, maxLength: 700, unit: fc.constantFrom('a', 'é', '=') })
    await fc.assert(
      fc.asyncProperty(fc.array(text, { maxLength: 30 }), async (texts) => {
        const log = texts.map((text) => `2026-03-02T09:43:06.123456+00:00 app[web.1]: ${text}\n`)
        const { kept } = await drained(log.join(''))
        const batches = kept.batches.map(({ bytes, messages }) => {
          const found = messagesIn(bytes, 'https')
          expect(found).toHaveLength(messages)
          if (messages > 1) expect(bytes.length).toBeLessThan(BATCH_BYTES)
          return found
        })
        expect(batches.flat()).toEqual(texts.map((text) => `app[web.1]: ${text}`))
        // None could have taken the first message of the next.
        for (const [index, { bytes }] of kept.batches.entries()) {
          const next = kept.batches[index + 1]?.bytes
          if (next === undefined) continue
          const first = Number.parseInt(Buffer.from(next).toString(), 10)
          const firstBytes = String(first).length + 1 + first
          expect(bytes.length + firstBytes).toBeGreaterThanOrEqual(BATCH_BYTES)
        }
      }),
    )
  })

  test('give lines without a header the one before, and leave out those before the first time', async () => {
    const log = [
      'pasted without a header',
      '2026-03-02T09:43:06+00:00 heroku[web.1]: Error R14 (Memory quota exceeded)',
      'Mar  2 09:43:07 shop app/worker.2:  done',
      '\tat Worker.run (worker.rb:5)',
    ]
    const { kept, summary } = await drained(log.join('\n'))
    expect(messagesIn(kept.batches[0]?.bytes ?? Buffer.of(), 'https')).toEqual([
      'heroku[web.1]: Error R14 (Memory quota exceeded)',
      'app[worker.2]: done',
      'app[worker.2]: \tat Worker.run (worker.rb:5)',
    ])
    expect(summary).toBe(
      'Sent 3 messages in 1 batch to syslog://logs.example.com:514.\n' +
        'Left out 1 line before the first time.\n',
    )
  })

  test('make several messages of a text with line breaks, and of one over 10,000 bytes', async () => {
    const message = `first\nsecond\n${'x'.repeat(10_001)}`
    const record = { dt: '2026-03-02T09:43:06Z', source: 'app', process: 'web.1', message }
    const { kept } = await drained(JSON.stringify(record))
    const found = kept.batches.flatMap(({ bytes }) => messagesIn(bytes, 'https'))
    expect(found.map((text) => text.length - 'app[web.1]: '.length)).toEqual([5, 6, 10_000, 1])
  })
})
