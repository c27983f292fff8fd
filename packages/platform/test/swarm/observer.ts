import type { HttpRequest } from '@celadon/contracts'

/** Statuses that a client can get without an H-code: the app's, and the router's for a wrong request. */
const PLAIN_STATUSES = [101, 200, 400, 500, 503]
/** Codes of requests that had a dyno. */
const DYNO_CODES = ['H13', 'H15', 'H18']
/** Codes of requests that never had one. */
const NO_DYNO_CODES = ['H11', 'H14', 'H20', 'H22', 'H80']

/** Looks at every answer of a run. Throws at the first that contradicts itself. */
export class Observer {
  answers = 0

  readonly see = (request: HttpRequest): void => {
    this.answers += 1
    const contradiction = disorder(request) ?? nonsense(request)
    if (contradiction !== null) throw new Error(`${contradiction}: ${JSON.stringify(request)}`)
  }
}

/** What is wrong with the order of a request's moments; null when nothing is. */
function disorder(request: HttpRequest): string | null {
  const { arrivedAt, dispatchedAt, firstByteAt, respondedAt, startedAt, finishedAt } = request
  if (arrivedAt < 0 || respondedAt < arrivedAt) return 'answered before it arrived'
  if (dispatchedAt >= 0 && dispatchedAt < arrivedAt) return 'dispatched before it arrived'
  if (firstByteAt >= 0 && firstByteAt < dispatchedAt) return 'first byte before the dispatch'
  if (firstByteAt > respondedAt) return 'answered before the first byte'
  if (startedAt >= 0 && startedAt < dispatchedAt) return 'started before the dispatch'
  if (finishedAt >= 0 && finishedAt < startedAt) return 'finished before the start'
  return null
}

/** What does not fit together in status, code and dyno; null when all does. */
function nonsense({ status, code, dyno, bytes, routerIndex }: HttpRequest): string | null {
  if (routerIndex < 0 || bytes < 0) return 'no router, or less than no bytes'
  if (code === '') return PLAIN_STATUSES.includes(status) ? null : 'a status out of nowhere'
  if (DYNO_CODES.includes(code) && dyno === '') return 'no dyno'
  if (NO_DYNO_CODES.includes(code) && dyno !== '') return 'a dyno'
  if (code === 'H24') return status === 0 ? null : 'a status'
  const isClient = code === 'H27' || code === 'H28'
  return status === (isClient ? 499 : 503) ? null : 'a status that the code does not have'
}
