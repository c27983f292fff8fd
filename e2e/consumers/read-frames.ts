import { microsOf, type ReceivedMessage } from './syslog-receiver.js'

const LENGTH = /^[1-9]\d* $/
const MESSAGE = /^<(\d{1,3})>1 (\S+) (\S+) (\S+) (\S+) (\S+) (.*)\n$/s

/** Frame by frame with nothing in between, each as long as it says and a message of HTTPS drains. */
export function readFrames(body: Buffer): ReceivedMessage[] {
  const messages: ReceivedMessage[] = []
  for (let at = 0; at < body.length; ) {
    const start = body.indexOf(' ', at) + 1
    const length = body.toString('latin1', at, start)
    if (!LENGTH.test(length)) throw new Error(`no length at byte ${at}: ${excerpt(body, at)}`)
    const end = start + Number(length)
    if (end > body.length) throw new Error(`the frame at byte ${at} ends after the body`)
    messages.push(readMessage(body.subarray(start, end)))
    at = end
  }
  return messages
}

function readMessage(bytes: Buffer): ReceivedMessage {
  const message = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  const [, priority, time = '', host = '', source = '', process = '', id = '', text = ''] =
    MESSAGE.exec(message) ?? []
  if (priority === undefined) throw new Error(`no message: ${excerpt(bytes, 0)}`)
  const messageId = id === '-' ? '' : id
  const atMicros = microsOf(time)
  return { priority: Number(priority), atMicros, host, source, process, messageId, text }
}

function excerpt(body: Buffer, at: number): string {
  return JSON.stringify(body.toString('utf8', at, at + 60))
}
