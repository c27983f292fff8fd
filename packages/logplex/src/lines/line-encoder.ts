import type { Generation } from '@celadon/contracts'
import type { ByteWriter } from '../bytes/byte-writer.js'
import { appLine, type LogRow, routerLine } from '../channel/log-row.js'
import type { RequestIdentity } from '../channel/request-identity.js'
import { formatAppLine } from './app-line.js'
import { formatRouterLine } from './format-router-line.js'
import { joinLogLine } from './log-line.js'
import { TimestampFormat } from './timestamp.js'

/** Turns rows of the log into text. */
export class LineEncoder {
  private readonly timestamps: TimestampFormat

  constructor(
    private readonly generation: Generation,
    private readonly host: string,
    private readonly identity: RequestIdentity,
  ) {
    this.timestamps = new TimestampFormat(generation)
  }

  /** Writes a row as `heroku logs` prints it, ended by a line feed. */
  line(row: LogRow, out: ByteWriter): void {
    out.text(`${this.lineOf(row)}\n`)
  }

  /** A row as `heroku logs` prints it. */
  lineOf(row: LogRow): string {
    const timestamp = this.timestamps.format(row.atMicros)
    return joinLogLine(timestamp, row.source, row.process, this.textOf(row))
  }

  /** The message of a row alone. */
  textOf(row: LogRow): string {
    if (row.text !== null) return row.text
    if (row.source === 'app') return formatAppLine(appLine(row))
    return formatRouterLine(routerLine(row, this.host, this.identity), this.generation)
  }
}
