import { once } from 'node:events'
import { connect, isIP, type Socket } from 'node:net'
import { addAbortSignal } from 'node:stream'
import { connect as connectTls } from 'node:tls'
import type { Generation } from '@celadon/contracts'
import { encodeSyslogFrame, type LogLine } from '@celadon/logplex'
import { CommandError } from '../command-error.js'
import type { WallClock } from '../logs/pace.js'
import { connectionProblem, hungUp } from './connection-problem.js'
import type { SyslogTarget } from './drain-target.js'
import { inTime } from './time-limit.js'
import type { Transport } from './transport.js'

/** Bytes to which a batch is filled. Source: logplex's source. */
const BATCH_BYTES = 4096
/** Source: logplex's source. */
const CONNECT_MS = 4000
/** How long a consumer may take nothing. Our choice: a drain would lose messages after 4 s. */
const STALL_MS = 60_000
/** How long a consumer that has everything may take to close its side. Our choice. */
const CLOSE_MS = 4000

/**
 * Connects to a syslog server over TCP or TLS.
 *
 * @throws CommandError when there is no connection
 */
export async function openSyslogTransport(
  target: SyslogTarget,
  token: string,
  signal: AbortSignal,
  clock: WallClock,
): Promise<Transport> {
  const { host, port, tls, shown } = target
  const servername = isIP(host) === 0 ? { servername: host } : {}
  const socket = tls ? connectTls({ host, port, ...servername }) : connect({ host, port })
  addAbortSignal(signal, socket)
  try {
    await inTime(once(socket, tls ? 'secureConnect' : 'connect'), CONNECT_MS, clock)
  } catch (error) {
    socket.destroy()
    throw new CommandError(`--drain ${shown}: ${connectionProblem(error)}`)
  }
  return new SyslogTransport(socket, token, shown, clock)
}

/** One connection. A server answers nothing, so nobody can know whether it kept a message. */
class SyslogTransport implements Transport {
  readonly batchBytes: number = BATCH_BYTES
  private readonly closed: Promise<void>
  private ending = false
  /** Why the connection ended before its time. */
  private failure: Error | null = null

  constructor(
    private readonly socket: Socket,
    private readonly token: string,
    private readonly shown: string,
    private readonly clock: WallClock,
  ) {
    this.closed = new Promise((resolve) => socket.once('close', () => resolve()))
    socket.on('error', (error) => this.fail(error))
    socket.on('end', () => {
      if (!this.ending) this.fail(hungUp())
    })
    // A server has nothing to say, but that it hung up is heard only by who reads.
    socket.resume()
  }

  encode(line: LogLine, generation: Generation): Uint8Array {
    return encodeSyslogFrame(line, this.token, generation)
  }

  async send(batch: Uint8Array): Promise<void> {
    const written = new Promise<void>((resolve, reject) => {
      this.socket.write(batch, (error) => (error ? reject(error) : resolve()))
    })
    try {
      await inTime(written, STALL_MS, this.clock)
    } catch (error) {
      throw this.broken(error)
    }
  }

  async close(): Promise<void> {
    this.ending = true
    this.socket.end()
    // What was written goes on to a server that only keeps its side open.
    await inTime(this.closed, CLOSE_MS, this.clock).catch(() => {})
    this.abandon()
    if (this.failure !== null) throw this.broken(this.failure)
  }

  abandon(): void {
    this.socket.destroy()
  }

  private fail(error: Error): void {
    this.failure ??= error
  }

  private broken(error: unknown): CommandError {
    const problem = connectionProblem(this.failure ?? error)
    return new CommandError(
      `--drain ${this.shown}: ${problem}; whether it kept all that was sent is not known`,
    )
  }
}
