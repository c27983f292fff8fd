import { once } from 'node:events'
import { connect } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { inTime } from './deadline.js'

/**
 * Sends frames over one connection, as a drain does, and waits until the receiver has read the last
 * of them and closed its side. `authority` is the one that signed its certificate, null without TLS.
 */
export async function sendFrames(
  port: number,
  frames: Iterable<Uint8Array>,
  authority: string | null,
): Promise<void> {
  const host = '127.0.0.1'
  const socket =
    authority === null ? connect({ port, host }) : connectTls({ port, host, ca: authority })
  const closed = once(socket, 'close')
  // An error that breaks the connection is told by whichever wait below it ends.
  closed.catch(() => undefined)
  try {
    await inTime(
      once(socket, authority === null ? 'connect' : 'secureConnect'),
      () => `a connection to port ${port}`,
    )
    socket.resume()
    for (const frame of frames) {
      if (!socket.write(frame)) await inTime(once(socket, 'drain'), () => 'the receiver reads on')
    }
    socket.end()
    await inTime(closed, () => 'the receiver closes the connection')
  } finally {
    socket.destroy()
  }
}
