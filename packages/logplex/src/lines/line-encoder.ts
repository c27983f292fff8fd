import type { Generation } from '@celadon/contracts'
import { ByteWriter } from '../bytes/byte-writer.js'
import { appLine, type LogRow, routerLine } from '../channel/log-row.js'
import type { RequestIdentity } from '../channel/request-identity.js'
import { formatAppLine } from './app-line.js'
import { formatRouterLine } from './format-router-line.js'
import { ServedLines } from './served-lines.js'
import { TimestampFormat } from './timestamp.js'

/** Turns rows of the log into text. */
export class LineEncoder {
  private readonly timestamps: TimestampFormat
  private readonly served: ServedLines

  constructor(
    private readonly generation: Generation,
    private readonly host: string,
    private readonly identity: RequestIdentity,
  ) {
    this.timestamps = new TimestampFormat(generation)
    this.served = new ServedLines(generation, host, identity)
  }

  /** Writes a row as `heroku logs` prints it, ended by a line feed. */
  line(row: LogRow, out: ByteWriter): void {
    this.timestamps.write(row.atMicros, out)
    if (this.served.includes(row)) this.served.write(row, out)
    else out.text(` ${row.source}[${row.process}]: ${this.textOf(row)}\n`)
  }

  /** A row as `heroku logs` prints it. */
  lineOf(row: LogRow): string {
    const out = new ByteWriter()
    this.line(row, out)
    return out.toString().slice(0, -1)
  }

  /** The message of a row alone. */
  textOf(row: LogRow): string {
    if (row.text !== null) return row.text
    if (row.source === 'app') return formatAppLine(appLine(row))
    return formatRouterLine(routerLine(row, this.host, this.identity), this.generation)
  }
}
