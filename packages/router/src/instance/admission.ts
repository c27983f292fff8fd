import type { Endpoint, HCode, PoolStatus } from '@celadon/contracts'
import type { RouterSettings } from '../settings.js'

/** Why there is no dyno to wait for while the pool is in this state; empty when there is one. */
export function outageOf(status: PoolStatus): HCode | '' {
  switch (status) {
    case 'none':
      return 'H14'
    case 'crashed':
      return 'H10'
    case 'blank':
      return 'H81'
    case 'exhausted':
      return 'H82'
    default:
      return ''
  }
}

/** Whether every request to this endpoint breaks a rule, so that no dyno gets to see it. */
export function isUnacceptable(endpoint: Endpoint, settings: RouterSettings): boolean {
  return (
    endpoint.requestFault !== undefined ||
    (endpoint.requestBytes !== undefined && endpoint.requestBytes > settings.requestBytesMax)
  )
}

/** Status of the answer to an unacceptable request. */
export function faultStatus({ requestFault }: Endpoint): number {
  if (requestFault === undefined) return 413
  return requestFault === 'unsupported expect header value' ? 417 : 400
}

/** Code of an unacceptable request; empty when its status says it all. */
export function faultCode({ requestFault }: Endpoint, settings: RouterSettings): HCode | '' {
  switch (requestFault) {
    case 'unsupported expect header value':
    case 'bad header':
    case 'bad chunk':
      return settings.requestFaults
    default:
      return ''
  }
}
