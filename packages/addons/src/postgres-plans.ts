import type { AddOnPlan } from '@celadon/contracts'

/** A plan of Heroku Postgres. */
export interface PostgresPlan extends AddOnPlan {
  /** `essential` plans share a server, refuse connections in other words and log no metrics. */
  readonly tier: 'essential' | 'standard' | 'premium'
  /** Connections that are allowed at the same time. */
  readonly connections: number
  /** Queries that are computed at the same time. */
  readonly vcpu: number
  /** Null where Heroku names none, because the server is shared. */
  readonly ramMb: number | null
  readonly diskGb: number
}

/**
 * Plans of today. Prices, memory, disk and connections: Heroku Dev Center, "Choosing the Right Heroku
 * Postgres Plan" (2024), and heroku.com/pricing. vCPUs: "Heroku Postgres Production Tier Technical
 * Characterization" (2024). The one vCPU of the essential plans is a guess: Heroku publishes none.
 */
export const POSTGRES_PLANS: Readonly<Record<string, PostgresPlan>> = {
  'essential-0': essential(5, 20, 1),
  'essential-1': essential(9, 20, 10),
  'essential-2': essential(20, 40, 32),
  'standard-0': production('standard', 50, 200, 2, 4, 64),
  'standard-2': production('standard', 200, 500, 2, 8, 256),
  'standard-3': production('standard', 400, 500, 2, 15, 512),
  'standard-4': production('standard', 750, 500, 4, 30, 768),
  'standard-5': production('standard', 1400, 500, 8, 61, 1024),
  'standard-6': production('standard', 2500, 500, 16, 122, 1536),
  'standard-7': production('standard', 3500, 500, 32, 244, 2048),
  'premium-0': production('premium', 200, 200, 2, 4, 64),
}

function essential(usdPerMonth: number, connections: number, diskGb: number): PostgresPlan {
  return { tier: 'essential', usdPerMonth, connections, vcpu: 1, ramMb: null, diskGb }
}

function production(
  tier: 'standard' | 'premium',
  usdPerMonth: number,
  connections: number,
  vcpu: number,
  ramGb: number,
  diskGb: number,
): PostgresPlan {
  return { tier, usdPerMonth, connections, vcpu, ramMb: ramGb * 1024, diskGb }
}
