import { H_CODES, type HttpRequest } from '@celadon/contracts'
import type { RouterSettings } from '../src/index.js'

/** What cannot be true of a request that has its answer. */
export function faultsOf(request: HttpRequest, settings: RouterSettings): string[] {
  const { code, status, arrivedAt, dispatchedAt, firstByteAt, respondedAt, webSocket } = request
  const faults: string[] = []
  const demand = (holds: boolean, fault: string): void => {
    if (!holds) faults.push(fault)
  }
  const begun = firstByteAt >= 0
  const knownStatus = code === 'H24' ? [0] : code === 'H26' ? [400, 417] : []
  if (code === '') knownStatus.push(200, 101, 400, 413)
  else if (knownStatus.length === 0) knownStatus.push(H_CODES[code].status)
  demand(knownStatus.includes(status), 'the status does not fit')
  demand(begun || code !== 'H15' || webSocket !== null, 'H15 before the first byte')
  demand(begun || code !== 'H18', 'H18 before the first byte')
  demand(
    !begun || (code !== 'H12' && code !== 'H13' && code !== 'H28'),
    'code after the first byte',
  )
  demand(!begun || dispatchedAt >= arrivedAt, 'the first byte came from nowhere')
  demand(
    !begun || (firstByteAt >= dispatchedAt && respondedAt >= firstByteAt),
    'times out of order',
  )
  const endMs = arrivedAt + settings.firstByteMs
  const isInTime = (begun ? firstByteAt : respondedAt) <= endMs
  demand(settings.firstByteFrom !== 'arrival' || isInTime, 'it ought to be an H12')
  const isUpgraded = webSocket !== null && begun
  demand(isUpgraded || respondedAt <= arrivedAt + request.patienceMs, 'its client had left')
  return faults
}
