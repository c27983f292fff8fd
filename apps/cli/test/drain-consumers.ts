import { once } from 'node:events'
import { createServer as createHttpServer, type IncomingHttpHeaders } from 'node:http'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { createLogReader, type FrameForm, parseFrames, type ReadLine } from '@celadon/logplex'
import { onTestFinished } from 'vitest'
import type { WallClock } from '../src/logs/pace.js'

/** Limits of time are longer than the waits between tries, in milliseconds. */
const LIMIT_MS_MIN = 4000

/** A clock on which waits take no time, and limits of time last until somebody lets them run out. */
export class StandingClock implements WallClock {
  /** The waits so far, in milliseconds. */
  readonly waits: number[] = []
  private readonly limits = new Set<() => void>()

  now(): number {
    return 0
  }

  async sleep(ms: number, signal: AbortSignal): Promise<void> {
    if (ms < LIMIT_MS_MIN) {
      this.waits.push(ms)
      return
    }
    await new Promise<void>((resolve, reject) => {
      this.limits.add(resolve)
      signal.addEventListener('abort', () => reject(signal.reason))
    })
  }

  /** All limits of time run out. */
  runOut(): void {
    for (const resolve of this.limits) resolve()
  }
}

/** A syslog server in this process. */
export interface SyslogServer {
  readonly url: string
  /** The connections so far. */
  readonly sockets: readonly Socket[]
  /** Everything that was received. */
  bytes(): Buffer
}

/** Starts a server on a port of its own. `onConnection` may pause it, or hang up. */
export async function startSyslogServer(
  onConnection: (socket: Socket) => void = () => {},
): Promise<SyslogServer> {
  const sockets: Socket[] = []
  const chunks: Buffer[] = []
  const server = createServer((socket) => {
    sockets.push(socket)
    socket.on('error', () => {})
    socket.on('data', (chunk: Buffer) => chunks.push(chunk))
    onConnection(socket)
  })
  const port = await listen(server)
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
  })
  return { url: `syslog://127.0.0.1:${port}`, sockets, bytes: () => Buffer.concat(chunks) }
}

/** One POST as it came. */
export interface Post {
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
  readonly reaction: Reaction
}

/** What a server does with a POST: answers with a status, never answers, or hangs up. */
export type Reaction = number | 'silent' | 'hangs up'

/** Starts a server on a port of its own; `react` is asked at each POST, with its number from 0. */
export async function startPostServer(
  react: (post: number) => Reaction,
): Promise<{ readonly port: number; readonly posts: readonly Post[] }> {
  const posts: Post[] = []
  const server = createHttpServer(async (request, response) => {
    const body = await buffer(request)
    const { url = '', headers } = request
    const reaction = react(posts.length)
    posts.push({ url: `${request.method} ${url}`, headers, body, reaction })
    if (reaction === 'hangs up') request.socket.destroy()
    else if (reaction !== 'silent') response.writeHead(reaction).end()
  })
  const port = await listen(server)
  onTestFinished(() => server.closeAllConnections())
  return { port, posts }
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
  })
  return (server.address() as AddressInfo).port
}

/** The lines of a log as the command reads them. */
export function readLines(log: string): ReadLine[] {
  const lines: ReadLine[] = []
  const reader = createLogReader({ onLine: (line) => lines.push(line) })
  reader.push(log)
  reader.end()
  return lines
}

/** `app[web.1]: text` of each message in frames. */
export function messagesIn(bytes: Uint8Array, form: FrameForm): string[] {
  return parseFrames(bytes, form).map((frame) =>
    frame.type === 'message'
      ? `${frame.source}[${frame.process}]: ${frame.text}`
      : `problem: ${frame.problem}`,
  )
}
