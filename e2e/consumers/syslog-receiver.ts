import { existsSync, readFileSync } from 'node:fs'
import type { Certificate } from './certificate.js'

/** A message as a syslog server understood it. */
export interface ReceivedMessage {
  readonly priority: number
  /** Whole microseconds since 1970 (UTC). */
  readonly atMicros: number
  readonly host: string
  readonly source: string
  readonly process: string
  /** Empty where the message has none. */
  readonly messageId: string
  readonly text: string
}

/** A syslog server that runs on this machine. */
export interface SyslogReceiver {
  readonly port: number
  /** Ends it and returns what it received. Connections have to be closed by both sides before. */
  stop(): Promise<ReceivedMessage[]>
}

/** Starts a syslog server that keeps its files in `folder`: over TLS with a certificate, else TCP. */
export type StartReceiver = (
  folder: string,
  certificate: Certificate | null,
) => Promise<SyslogReceiver>

/** Reads what a server wrote, if anything: a JSON object per line, whose values are texts. */
export function readReceived(file: string): ReceivedMessage[] {
  if (!existsSync(file)) return []
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1)
  return lines.map((line) => {
    const { priority, time, messageId, ...rest } = JSON.parse(line) as Record<string, string> & {
      readonly time: string
      readonly host: string
      readonly source: string
      readonly process: string
      readonly text: string
    }
    const id = messageId === '-' ? '' : (messageId ?? '')
    return { ...rest, priority: Number(priority), atMicros: microsOf(time), messageId: id }
  })
}

/** Whole microseconds since 1970 of an ISO 8601 time with up to six decimals. */
export function microsOf(time: string): number {
  const [, seconds = '', decimals = '', zone = ''] =
    /^([^.+Z]*[^.+Z-])(?:\.(\d+))?(Z|[+-]\d\d:\d\d)$/.exec(time) ?? []
  return Date.parse(seconds + zone) * 1000 + Number(decimals.padEnd(6, '0'))
}
