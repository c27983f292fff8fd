import type { RandomStream, Simulation } from '@celadon/kernel'
import type { ManifoldSettings } from '../settings.js'
import { Host, type Tenant } from './host.js'

/** Availability zones of a region. */
const ZONES = ['a', 'b', 'c'] as const

/**
 * The hosts of a region as far as they run dynos of this app. A shared dyno goes to a host, and among
 * these to a zone, that runs the fewest dynos of the app so far; a dedicated one gets a host of its own.
 * Heroku spreads an app's dynos over hosts and zones: Dev Center, "Dynos and the Dyno Manager" (2014).
 * Three zones, and a new host in place of one that failed, are inferred.
 */
export class Fleet {
  /** Shared hosts that run dynos of the app, or did and can do so again. */
  private shared: readonly Host[] = []
  private readonly dedicated = new Set<Host>()
  /** Dynos of the app by zone. */
  private readonly zones = new Map<string, number>(ZONES.map((zone) => [zone, 0]))
  private built = 0
  private readonly choice: RandomStream

  constructor(
    private readonly simulation: Simulation,
    private readonly settings: ManifoldSettings,
  ) {
    this.choice = simulation.stream('manifold/placement')
  }

  /** Hosts that run dynos of the app. */
  get hosts(): readonly Host[] {
    return [...this.shared, ...this.dedicated].filter(({ dynoCount }) => dynoCount > 0)
  }

  /** Puts a dyno on a host. */
  place(tenant: Tenant): Host {
    const host = tenant.size.dedicated ? this.build(true) : this.leastUsed()
    if (host.dedicated) this.dedicated.add(host)
    this.countInZone(host.zone, 1)
    host.add(tenant)
    return host
  }

  /** A dyno has ended. */
  leave(host: Host, tenant: Tenant): void {
    host.remove(tenant)
    this.countInZone(host.zone, -1)
    this.dedicated.delete(host)
    if (host.failed) this.shared = this.shared.filter((other) => other !== host)
  }

  private leastUsed(): Host {
    const least = fewest(this.shared, ({ dynoCount }) => dynoCount)
    const isNewOne =
      (least[0]?.dynoCount ?? 1) > 0 && this.shared.length < this.settings.sharedHosts
    if (isNewOne) {
      const host = this.build(false)
      this.shared = [...this.shared, host]
      return host
    }
    const best = fewest(least, ({ zone }) => this.zones.get(zone) as number)
    return best[this.choice.below(best.length)] as Host
  }

  private build(dedicated: boolean): Host {
    this.built += 1
    const [zone] = fewest(ZONES, (candidate) => this.zones.get(candidate) as number)
    return new Host(`host-${this.built}`, zone as string, dedicated, this.simulation, this.settings)
  }

  private countInZone(zone: string, change: number): void {
    this.zones.set(zone, (this.zones.get(zone) as number) + change)
  }
}

/** The items of which `count` is the smallest. */
function fewest<Item>(items: readonly Item[], count: (item: Item) => number): readonly Item[] {
  const counts = items.map(count)
  const least = counts.reduce((low, value) => Math.min(low, value), Number.POSITIVE_INFINITY)
  return items.filter((_, index) => counts[index] === least)
}
