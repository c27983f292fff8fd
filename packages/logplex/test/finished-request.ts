import { type Endpoint, HttpRequest } from '@celadon/contracts'

/** Facts of a request that differ from those of an ordinary one. */
export interface RequestFacts {
  readonly id?: number
  readonly method?: string
  readonly path?: string
  readonly faults?: Pick<Endpoint, 'requestFault' | 'responseFault'>
  readonly error?: string
  readonly arrivedAt?: number
  readonly dispatchedAt?: number
  readonly connectMs?: number
  readonly routerQueueDepth?: number
  readonly dyno?: string
  readonly respondedAt?: number
  readonly status?: number
  readonly code?: HttpRequest['code']
  readonly bytes?: number
  readonly startedAt?: number
  readonly finishedAt?: number
}

/** A request for `/products` that came at 1000 ms, was answered at 1083 ms and met no trouble. */
export function finishedRequest(facts: RequestFacts = {}): HttpRequest {
  const { id = 1, method = 'GET', path = '/products', faults = {}, error = null, ...rest } = facts
  const request = new HttpRequest()
  request.begin(id, { method, path, responseBytes: 5613, ...faults }, null)
  request.work.error = error
  return Object.assign(request, {
    arrivedAt: 1000,
    dispatchedAt: 1000,
    connectMs: 1.2,
    dyno: 'web.1',
    respondedAt: 1083.5,
    status: 200,
    bytes: 5613,
    startedAt: 1020,
    finishedAt: 1083.25,
    ...rest,
  })
}

/** A request that the router failed before any dyno took it. */
export function unroutedRequest(facts: RequestFacts & { readonly status: number }): HttpRequest {
  return finishedRequest({
    dispatchedAt: -1,
    connectMs: 0,
    dyno: '',
    respondedAt: 1000,
    bytes: 0,
    startedAt: -1,
    finishedAt: -1,
    ...facts,
  })
}
