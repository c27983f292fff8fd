import type { HttpRequest } from './request.js'

/**
 * What became of an attempt to connect to a dyno: its program took the request over; nothing listens
 * there; or the listen queue is full and the connection attempt goes unanswered.
 */
export type Connection = 'accepted' | 'refused' | 'timeout'

/**
 * One TCP connection from a router to a dyno: what a program answers through. It carries one request
 * at a time, and further ones when both sides keep it alive.
 */
export interface ResponsePort {
  /** True when it has carried a request before. */
  readonly reused: boolean
  /** True when the router would send another request on it. */
  readonly keepAlive: boolean
  /**
   * The moment at which the program will close it if no further request comes. A program that keeps
   * it alive sets this before it responds; the router sets it back to -1, which closes it.
   */
  keptUntil: number
  /** For the program: what it keeps about the connection. */
  peer: unknown
  /**
   * Writes a part of a response that goes on; the first part carries the status. Returns the time in
   * milliseconds for which the writer is blocked because the router's buffer is full, mostly 0; -1
   * when the router has closed the connection.
   */
  send(request: HttpRequest, status: number, bytes: number): number
  /**
   * Writes what is left of the response: all of it when nothing was sent before. Returns the time in
   * milliseconds for which the writer is blocked, mostly 0. The request is then the router's alone;
   * a connection that is kept alive may carry the next one before this returns.
   */
  respond(request: HttpRequest, status: number, bytes: number): number
  /** Answers 101: from now on it is a WebSocket, until one side closes it. */
  upgrade(request: HttpRequest): void
  /** Closes the connection before the response is complete. */
  close(request: HttpRequest): void
}

/** One dyno as a router sees it. */
export interface Backend {
  /** For example `web.1`. */
  readonly name: string
  /**
   * Requests that it has, waiting or being served, for a client or for nobody. Heroku's routers
   * never knew it; policies with a true view read it. Missing: unknown.
   */
  readonly load?: number
  /** Requests that it serves at the same time. Missing: 1. */
  readonly slots?: number
  /** Calls `listener` whenever a request has left it. Returns a function that ends it. */
  watchLoad?(listener: () => void): () => void
  /**
   * Tries to hand a request over, on a new connection or on one that was kept alive. When accepted,
   * `port` hears of its end exactly once, maybe before `connect` returns; otherwise never.
   */
  connect(request: HttpRequest, port: ResponsePort): Connection
  /** The router has closed the connection of a request that is not answered in full. */
  disconnected?(request: HttpRequest, port: ResponsePort): void
}

/**
 * Why there are backends or none: `up`: at least one dyno takes requests; `starting`: none yet;
 * `crashed`: all have crashed; `idle`: the app sleeps; `none`: the process type is scaled to 0;
 * `blank`: nothing was deployed yet; `exhausted`: the account has no dyno hours left.
 */
export type PoolStatus = 'up' | 'starting' | 'crashed' | 'idle' | 'none' | 'blank' | 'exhausted'

/** The dynos behind a router. `@celadon/dyno-manifold` has one per process type. */
export interface DynoPool {
  readonly status: PoolStatus
  /** Dynos that take requests, replaced as a whole whenever it changes. */
  readonly backends: readonly Backend[]
  /** Dynos that ought to run, whatever state they are in. */
  readonly quantity: number
  /** Starts a sleeping app. */
  wake(): void
  /** Calls `listener` after each change of status or backends. Returns a function that ends it. */
  watch(listener: () => void): () => void
}
