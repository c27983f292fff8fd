import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import type { Certificate } from './certificate.js'
import { readFrames } from './read-frames.js'
import type { ReceivedMessage } from './syslog-receiver.js'

/** One POST as it came. */
export interface ReceivedPost {
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
  /** How it was answered: a status, or null where the answer never came. */
  readonly status: number | null
}

/** An HTTPS server that a drain posts to. */
export interface HttpsReceiver {
  readonly port: number
  /** Everything that came so far, faults included. */
  readonly posts: readonly ReceivedPost[]
  stop(): Promise<void>
}

/** What the POSTs of a drain have in common. */
export interface PostedDrain {
  /** Path of its URL, with the query. */
  readonly path: string
  /** User name and password of its URL. */
  readonly auth: string
  readonly token: string
}

/**
 * Starts a server on a port of its own. `answer` chooses the status of the n-th POST, from 0; with
 * null the body is taken and no answer given.
 */
export async function startHttpsReceiver(
  certificate: Certificate,
  answer: (post: number) => number | null,
): Promise<HttpsReceiver> {
  const posts: ReceivedPost[] = []
  const keys = {
    key: readFileSync(certificate.keyFile),
    cert: readFileSync(certificate.certificateFile),
  }
  const server = createServer(keys, (request, response) => {
    receive(request, response).catch((error) => server.emit('error', error))
  })

  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request)
    const status = answer(posts.length)
    const { url = '', headers } = request
    posts.push({ url: `${request.method} ${url}`, headers, body, status })
    if (status !== null) response.writeHead(status).end()
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    posts,
    stop: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/**
 * The messages of a POST, once all of it is as the article "Log Drains" says.
 *
 * @throws Error with the first thing that is not
 */
export function checkPost(post: ReceivedPost, drain: PostedDrain): ReceivedMessage[] {
  const { url, headers, body } = post
  const expected = {
    url: `POST ${drain.path}`,
    authorization: `Basic ${btoa(drain.auth)}`,
    'content-type': 'application/logplex-1',
    'logplex-drain-token': drain.token,
  }
  const found: IncomingHttpHeaders = { ...headers, url }
  for (const [name, value] of Object.entries(expected)) {
    if (found[name] !== value) throw new Error(`${name} is ${found[name]}, not ${value}`)
  }
  requireForm(headers, 'logplex-frame-id', /^[0-9A-F]{32}$/)
  requireForm(headers, 'logplex-msg-count', /^[1-9]\d*$/)
  requireForm(headers, 'user-agent', /^Logplex\/v\d+/)
  const messages = readFrames(body)
  const count = Number(headers['logplex-msg-count'])
  if (count !== messages.length) {
    throw new Error(`Logplex-Msg-Count is ${count}, the body has ${messages.length} messages`)
  }
  return messages
}

function requireForm(headers: IncomingHttpHeaders, name: string, form: RegExp): void {
  const value = String(headers[name])
  if (!form.test(value)) throw new Error(`${name} is ${value}, not of the form ${form}`)
}
