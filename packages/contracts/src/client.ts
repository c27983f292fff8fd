import type { HttpRequest } from './request.js'

/** Who sent a request and wants to know what became of it: a user, a retrying client, a load test. */
export interface RequestSender {
  /** The client has its answer, an error page included, or has gone away (H27). Called exactly once. */
  answered(request: HttpRequest): void
}

/** What a browser keeps between requests. All requests of one user carry the same session. */
export class Session {
  /** Value of the session affinity cookie: the name of a dyno; empty before the first answer. */
  dyno = ''

  /** @param id ordinal among the sessions of a run, from 1 */
  constructor(readonly id: number) {}
}

/** How fast bytes travel between a client and the router. */
export interface ClientLink {
  /** Bytes of a request body per millisecond. `Infinity`: bodies take no time. */
  readonly uploadBytesPerMs: number
  /** Bytes of a response per millisecond. `Infinity`: responses take no time. */
  readonly downloadBytesPerMs: number
}

/** A link on which nothing takes time: what a request has unless its sender says otherwise. */
export const UNLIMITED_LINK: ClientLink = {
  uploadBytesPerMs: Number.POSITIVE_INFINITY,
  downloadBytesPerMs: Number.POSITIVE_INFINITY,
}

/** How a WebSocket is used after its handshake. Messages cost neither side any time. */
export interface WebSocketUse {
  /** Time after which the client closes it, in milliseconds. `Infinity`: never. */
  readonly lengthMs: number
  /** Time between two messages of the client, in milliseconds. `Infinity`: it sends none. */
  readonly clientEveryMs: number
  /** Time between two messages (or pings) of the dyno, in milliseconds. `Infinity`: it sends none. */
  readonly dynoEveryMs: number
}
