import { constant, type Distribution, type Simulation } from '@celadon/kernel'
import { RequestMix, type RequestMixOptions, RequestPool } from '../../src/index.js'

/** Requests for one page. */
export function testMix(
  simulation: Simulation,
  demandMs: Distribution = constant(1),
  options: Partial<RequestMixOptions> = {},
): RequestMix {
  const endpoint = { method: 'GET', path: '/', responseBytes: 100 }
  return new RequestMix({
    simulation,
    pool: new RequestPool(),
    parts: [{ endpoint, demandMs }],
    ...options,
  })
}
