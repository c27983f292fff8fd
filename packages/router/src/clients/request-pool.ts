import { type Endpoint, HttpRequest, Session } from '@celadon/contracts'

/**
 * Hands out requests and takes them back when everybody has released them, so that a long run needs
 * no more of them than there are at one time. All clients of a run share one pool: it numbers their
 * requests and sessions.
 */
export class RequestPool {
  /** Requests handed out so far; the last one has this id. */
  created = 0
  private sessions = 0
  private readonly free: HttpRequest[] = []
  private readonly recycle = (request: HttpRequest): void => {
    this.free.push(request)
  }

  /** A new request without work. */
  take(endpoint: Endpoint): HttpRequest {
    const request = this.free.pop() ?? new HttpRequest()
    this.created += 1
    request.begin(this.created, endpoint, this.recycle)
    return request
  }

  /** A new request of the same user for the same thing: it demands the same work. */
  copy(request: HttpRequest): HttpRequest {
    const copy = this.take(request.endpoint)
    copy.work.demandMs = request.work.demandMs
    copy.work.steps = request.work.steps
    copy.session = request.session
    copy.link = request.link
    copy.patienceMs = request.patienceMs
    copy.stalls = request.stalls
    copy.webSocket = request.webSocket
    return copy
  }

  /** A new browser, without cookies yet. */
  newSession(): Session {
    this.sessions += 1
    return new Session(this.sessions)
  }
}
