// A parser from npm reads the frames of both kinds of drains.
import { describe, expect, test } from 'vitest'
import { GENERATIONS } from '../../../packages/contracts/src/index.js'
import { encodeHttpsFrame, encodeSyslogFrame } from '../../../packages/logplex/src/index.js'
import { expectedMessage } from '../../consumers/expected.js'
import { shopLog } from '../../consumers/shop-log.js'
import type { ReceivedMessage } from '../../consumers/syslog-receiver.js'
import { npmPackage, whyMissing } from '../../consumers/tools.js'

const TOKEN = 'd.5f0a3c1e-6f0b-4d6c-9a57-0c0d7c2e1b11'

/** What nsyslog-parser finds in a message. */
interface ParsedMessage {
  readonly prival: number
  readonly ts: Date
  readonly host: string
  readonly appName: string
  readonly pid: string
  readonly messageid: string
  readonly message: string
}

const missing = whyMissing('node_modules/nsyslog-parser')

describe.skipIf(missing !== '')(`nsyslog-parser ${missing}`.trim(), () => {
  const parse = (frame: Uint8Array): ParsedMessage => {
    const parser = npmPackage('nsyslog-parser') as (message: string) => ParsedMessage
    return parser(Buffer.from(frame).toString().replace(/^\d+ /, '').trimEnd())
  }

  /** The parser's times are in milliseconds. */
  const inMillis = (message: ReceivedMessage): ReceivedMessage => ({
    ...message,
    atMicros: Math.floor(message.atMicros / 1000) * 1000,
  })
  const understood = (parsed: ParsedMessage): ReceivedMessage => ({
    priority: parsed.prival,
    atMicros: parsed.ts.getTime() * 1000,
    host: parsed.host,
    source: parsed.appName,
    process: parsed.pid,
    messageId: parsed.messageid === '-' ? '' : parsed.messageid,
    text: parsed.message,
  })

  test.each(GENERATIONS)('reads every frame of a syslog drain on %s', (generation) => {
    const { lines } = shopLog(generation)
    const parsed = lines.map((line) => parse(encodeSyslogFrame(line, TOKEN, generation)))
    expect(parsed.map(understood)).toEqual(
      lines.map((line) => inMillis(expectedMessage(line, TOKEN))),
    )
  })

  // Without structured data it takes a text that begins with a bracket, or its first word, for that.
  test.each(GENERATIONS)(
    'reads the header of every frame of an HTTPS drain on %s',
    (generation) => {
      const { lines } = shopLog(generation)
      const parsed = lines.map((line) => parse(encodeHttpsFrame(line, generation)))
      expect(parsed.map((message) => ({ ...understood(message), text: '' }))).toEqual(
        lines.map((line) => inMillis({ ...expectedMessage(line, 'host'), text: '' })),
      )
    },
  )
})
