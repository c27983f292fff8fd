import type { HttpRequest, RandomSource } from '@celadon/contracts'
import { requireCount } from './option-checks.js'
import type { Balancer, Candidate, Policy } from './policy.js'

/** Options of {@link zoneAware}. */
export interface ZoneAwareOptions {
  /** Availability zones over which routers and dynos are spread. Default 3, a guess. */
  readonly zones?: number
  /**
   * Fewer candidates than this, and the zone is ignored. Default 10, a guess: Heroku speaks of apps
   * "with many dynos" and gives no number.
   */
  readonly dynosMin?: number
  /**
   * Zone of the dyno of this name, from 0; asked once for each name. Default: by the number in the
   * name, so that neighbours are apart.
   */
  readonly zoneOf?: (name: string) => number
}

/**
 * At random among the dynos in the availability zone of the router instance, when there are many
 * dynos and one of them is there; at random among all of them otherwise. Instance i is in zone
 * i modulo `zones`. Source: Heroku Dev Center, "HTTP Routing", 2025, which says that the routers may do
 * so. Looks at all candidates: O(n).
 *
 * @throws `ROUTER_POLICY_OPTION_INVALID` when `zones` or `dynosMin` is not a whole number of at least 1
 */
export function zoneAware(options: ZoneAwareOptions = {}): Policy {
  const { zones = 3, dynosMin = 10, zoneOf = (name) => ordinal(name) % zones } = options
  requireCount('zoneAware', 'zones', zones)
  requireCount('zoneAware', 'dynosMin', dynosMin)
  return {
    name: 'zone aware',
    create: ({ stream }) => new ZoneAware(zones, dynosMin, zoneOf, stream),
  }
}

class ZoneAware implements Balancer {
  /** Indices of the candidates in the zone, of the choice under way. */
  private readonly near: number[] = []
  private readonly zoneByName: Map<string, number> = new Map()

  constructor(
    private readonly zones: number,
    private readonly dynosMin: number,
    private readonly zoneOf: (name: string) => number,
    private readonly stream: RandomSource,
  ) {}

  choose(candidates: readonly Candidate[], _request: HttpRequest, instance: number): number {
    const { near, stream } = this
    if (candidates.length < this.dynosMin) return stream.below(candidates.length)
    const zone = instance % this.zones
    near.length = 0
    for (let index = 0; index < candidates.length; index += 1) {
      if (this.zone((candidates[index] as Candidate).name) === zone) near.push(index)
    }
    if (near.length === 0) return stream.below(candidates.length)
    return near[stream.below(near.length)] as number
  }

  private zone(name: string): number {
    let zone = this.zoneByName.get(name)
    if (zone === undefined) {
      zone = this.zoneOf(name)
      this.zoneByName.set(name, zone)
    }
    return zone
  }
}

/** The number at the end of a dyno's name, 0 without one. */
function ordinal(name: string): number {
  return Number(/\d+$/.exec(name)?.[0] ?? 0)
}
