import { Agent, request } from 'node:http'
import { request as requestTls, Agent as TlsAgent } from 'node:https'
import type { Generation } from '@celadon/contracts'
import { encodeHttpsFrame, frameId, httpsHeaders, type LogLine } from '@celadon/logplex'
import { CommandError } from '../command-error.js'
import type { WallClock } from '../logs/pace.js'
import { connectionProblem, isLasting } from './connection-problem.js'
import type { PostTarget } from './drain-target.js'
import { inTime } from './time-limit.js'
import type { Transport } from './transport.js'

/** Bytes to which the body of a POST is filled. Source: logplex's source. */
const BATCH_BYTES = 102_400
/** How long an answer may take. Source: logplex's source. */
const ANSWER_MS = 5000
/** How often a body is posted, at most: once, and again twice. Source: logplex's source. */
const TRIES = 3
/** Time before the second try, and before the third. Our choice: logplex hardly waits. */
const WAITS_MS = [100, 1000]
const TOO_MANY_REQUESTS = 429

/** The answer to a POST. */
interface Answer {
  readonly status: number
  /** `403 Forbidden` */
  readonly shown: string
}

/**
 * Posts frames, one body after the other, over one connection. A body that is not taken is posted
 * again with the same frame id, as drains do. Source: Heroku Dev Center, "Log Drains"; logplex's
 * source.
 */
export class PostTransport implements Transport {
  readonly batchBytes: number = BATCH_BYTES
  private readonly agent: Agent
  private bodies = 0

  constructor(
    private readonly target: PostTarget,
    private readonly token: string,
    private readonly signal: AbortSignal,
    private readonly clock: WallClock,
  ) {
    const options = { keepAlive: true, maxSockets: 1 }
    this.agent = target.tls ? new TlsAgent(options) : new Agent(options)
  }

  encode(line: LogLine, generation: Generation): Uint8Array {
    return encodeHttpsFrame(line, generation)
  }

  async send(batch: Uint8Array, messages: number): Promise<void> {
    const { token, clock, signal } = this
    const headers = httpsHeaders({ token, messages, frameId: frameId(token, this.bodies) })
    this.bodies += 1
    let problem = ''
    for (let tries = 1; tries <= TRIES; tries += 1) {
      if (tries > 1) await clock.sleep(WAITS_MS[tries - 2] ?? 0, signal)
      const answer = await this.post(batch, { ...headers }).catch((error: Error) => error)
      if (!(answer instanceof Error)) {
        if (isTaken(answer)) return
        problem = `answered ${answer.shown}`
        if (isRefusal(answer)) throw this.failed(problem)
      } else {
        problem = connectionProblem(answer)
        if (signal.aborted || isLasting(answer)) throw this.failed(problem)
      }
    }
    throw this.failed(`${problem}; gave up after ${TRIES} tries`)
  }

  async close(): Promise<void> {
    this.abandon()
  }

  abandon(): void {
    this.agent.destroy()
  }

  private failed(problem: string): CommandError {
    return new CommandError(`--drain ${this.target.shown}: ${problem}`)
  }

  private post(body: Uint8Array, headers: Record<string, string>): Promise<Answer> {
    const { agent, clock, signal, target } = this
    const { auth, tls, url } = target
    const options = {
      method: 'POST',
      agent,
      headers: { ...headers, 'Content-Length': String(body.length) },
      signal,
      ...(auth === '' ? {} : { auth }),
    }
    const posted = (tls ? requestTls : request)(url, options)
    const answered = new Promise<Answer>((resolve, reject) => {
      posted.on('error', reject).on('response', (response) => {
        const { statusCode: status = 0, statusMessage = '' } = response
        response.on('error', reject).resume()
        response.on('end', () => resolve({ status, shown: `${status} ${statusMessage}`.trim() }))
      })
      posted.end(body)
    })
    return inTime(answered, ANSWER_MS, clock).catch((error) => {
      posted.destroy()
      throw error
    })
  }
}

function isTaken({ status }: Answer): boolean {
  return status >= 200 && status < 300
}

/** An answer that will be the same next time: the URL, the password or the body is wrong. */
function isRefusal({ status }: Answer): boolean {
  return status >= 300 && status < 500 && status !== TOO_MANY_REQUESTS
}
