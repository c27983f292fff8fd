import {
  ADD_ON_CONTRACT_VERSION,
  type AddOn,
  type AddOnContext,
  type AddOnModel,
  type AddOnPlan,
} from '@celadon/contracts'
import { credential } from './resource-name.js'
import { createStation } from './station.js'

/** A plan of MemCachier. */
export interface MemcachierPlan extends AddOnPlan {
  readonly memoryMb: number
}

/**
 * The free developer plan; its 25 MB are what most sources name. The prices of the others are not
 * known well enough.
 */
const MEMCACHIER_PLANS: Readonly<Record<string, MemcachierPlan>> = {
  dev: { usdPerMonth: 0, memoryMb: 25 },
}

/**
 * Calls that are served at the same time. A guess, so large that an app's own threads run out first:
 * MemCachier is a proxied cluster, and no limit of it is published.
 */
const SERVERS = 64

/** MemCachier: a cache that is never the bottleneck. Hits and misses are not modelled. */
export function memcachier(): AddOnModel<MemcachierPlan> {
  return {
    contractVersion: ADD_ON_CONTRACT_VERSION,
    service: 'memcachier',
    plans: MEMCACHIER_PLANS,
    attach: attachMemcachier,
  }
}

function attachMemcachier(context: AddOnContext<MemcachierPlan>): AddOn {
  const names = context.stream('names')
  const station = createStation({ scheduler: context.scheduler, servers: SERVERS })
  return {
    configVars: {
      MEMCACHIER_SERVERS: `mc${1 + names.below(9)}.example.com:11211`,
      MEMCACHIER_USERNAME: credential('m', 6, names),
      MEMCACHIER_PASSWORD: credential('p', 32, names),
    },
    gauges: { waiting: () => station.waiting },
    call: (call) => station.serve(call),
  }
}
