import { request } from 'node:https'
import { frameId, httpsHeaders } from '../../packages/logplex/src/index.js'
import { inTime } from './deadline.js'
import type { PostedDrain } from './https-receiver.js'

/** Bytes of a body that a drain aims at. Source: logplex's source. */
const BODY_BYTES = 102_400

/** Where a drain posts to. */
export interface PostTarget extends PostedDrain {
  readonly port: number
  /** Signed the certificate of the receiver. */
  readonly authority: string
}

/** Posts frames in bodies of a drain's size, one after the other, each once. */
export async function postFrames(target: PostTarget, frames: readonly Uint8Array[]): Promise<void> {
  let posts = 0
  for (let from = 0; from < frames.length; posts += 1) {
    let [to, bytes] = [from, 0]
    while (to < frames.length && bytes < BODY_BYTES) {
      bytes += frames[to]?.length ?? 0
      to += 1
    }
    const body = Buffer.concat(frames.slice(from, to))
    const headers = httpsHeaders({
      token: target.token,
      messages: to - from,
      frameId: frameId(target.token, posts),
    })
    await inTime(post(target, { ...headers }, body), () => `POST ${posts} is answered`)
    from = to
  }
}

function post(
  { port, path, auth, authority }: PostTarget,
  headers: Record<string, string>,
  body: Buffer,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const options = { method: 'POST', host: '127.0.0.1', port, path, auth, headers, ca: authority }
    request(options, (response) => {
      if (response.statusCode !== 204) reject(new Error(`answered ${response.statusCode}`))
      response.resume().on('end', resolve)
    })
      .on('error', reject)
      .end(body)
  })
}
