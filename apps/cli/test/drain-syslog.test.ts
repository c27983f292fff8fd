import { once } from 'node:events'
import { createServer } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import type { ReadLine } from '@celadon/logplex'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CommandError } from '../src/command-error.js'
import { type DrainedLines, openDrain } from '../src/drain/drained-lines.js'
import { messagesIn, readLines, StandingClock, startSyslogServer } from './drain-consumers.js'

const NEVER = new AbortController().signal
const LINE: ReadLine = {
  number: 1,
  form: 'heroku',
  atMicros: 1_772_444_586_000_000,
  source: 'app',
  process: 'web.1',
  text: 'x'.repeat(1000),
  message: { type: 'text', text: '' },
  continues: false,
}

/** Far more than two sockets' buffers hold, in lines of a thousand bytes. */
const FLOOD_LINES = 40_000

/** Sends line after line, and says after each how many it was. */
async function flood(drain: DrainedLines, onLine: (count: number) => void): Promise<void> {
  for (let count = 1; count <= FLOOD_LINES; count += 1) {
    await drain.add(LINE, false)
    onLine(count)
  }
}

/** Waits until a flood has not moved for many turns of the event loop. */
async function standstill(position: () => number): Promise<void> {
  let last = -1
  for (let turns = 0; turns < 1000; turns += 1) {
    await setImmediate()
    if (position() !== last) turns = 0
    last = position()
  }
}

describe('a drain over TCP', () => {
  test('brings every line once, in order, and ends when the server has read all', async () => {
    const text = fc.string({ minLength: 1, maxLength: 3000, unit: fc.constantFrom('a', 'é', ' b') })
    await fc.assert(
      fc.asyncProperty(fc.array(text, { maxLength: 40 }), async (texts) => {
        const server = await startSyslogServer()
        const drain = await openDrain(server.url, NEVER)
        const log = texts.map((text) => `2026-03-02T09:43:06+00:00 heroku[router]: ${text}\n`)
        for (const line of readLines(log.join(''))) await drain.add(line, true)
        await drain.flush()
        await drain.close()
        expect(messagesIn(server.bytes(), 'syslog')).toEqual(
          texts.map((text) => `heroku[router]: ${text}`),
        )
        expect(server.sockets).toHaveLength(1)
      }),
      { numRuns: 25 },
    )
  })

  test('waits for a server that is slow', async () => {
    const server = await startSyslogServer((socket) => socket.pause())
    const drain = await openDrain(server.url, NEVER, new StandingClock())
    let position = 0
    const flooded = flood(drain, (count) => {
      position = count
    })
    await standstill(() => position)
    expect(position).toBeLessThan(FLOOD_LINES)
    server.sockets[0]?.resume()
    await flooded
    await drain.flush()
    await drain.close()
    expect(messagesIn(server.bytes(), 'syslog')).toHaveLength(FLOOD_LINES)
  })

  test('gives up a server that takes nothing', async () => {
    const server = await startSyslogServer((socket) => socket.pause())
    const clock = new StandingClock()
    const drain = await openDrain(server.url, NEVER, clock)
    let position = 0
    const flooded = flood(drain, (count) => {
      position = count
    })
    const failed = expect(flooded).rejects.toThrow(
      `--drain ${server.url}: no answer in time; whether it kept all that was sent is not known`,
    )
    await standstill(() => position)
    clock.runOut()
    await failed
    drain.abandon()
  })

  test('lets go at once when it is interrupted', async () => {
    const server = await startSyslogServer((socket) => socket.pause())
    const controller = new AbortController()
    const drain = await openDrain(server.url, controller.signal)
    let position = 0
    const flooded = flood(drain, (count) => {
      position = count
    })
    const failed = expect(flooded).rejects.toThrow(CommandError)
    await standstill(() => position)
    controller.abort()
    await failed
  })

  test.each([
    ['before the end', (drain: DrainedLines) => drain.close()],
    ['while lines come', (drain: DrainedLines) => flood(drain, () => {})],
  ])('tells that the server hung up %s', async (_, goOn) => {
    const server = await startSyslogServer((socket) =>
      socket.once('data', () => socket.end('bye\n')),
    )
    const drain = await openDrain(server.url, NEVER)
    await drain.add(LINE, false)
    await drain.flush()
    while (server.sockets.length === 0) await setImmediate()
    await Promise.all(server.sockets.map((socket) => socket.closed || once(socket, 'close')))
    await expect(goOn(drain)).rejects.toThrow('the consumer closed the connection')
  })

  test('tells that nobody listens', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : 0
    server.close()
    await once(server, 'close')
    await expect(openDrain(`syslog://127.0.0.1:${port}`, NEVER)).rejects.toThrow(
      `--drain syslog://127.0.0.1:${port}: connection refused: nobody listens there`,
    )
  })

  test('tells over TLS that the server does not speak it', async () => {
    const server = await startSyslogServer((socket) => socket.write('220 welcome\r\n'))
    const url = server.url.replace('syslog:', 'syslog+tls:')
    await expect(openDrain(url, NEVER)).rejects.toThrow(`${url}: the consumer does not speak TLS`)
  })
})
