import {
  ADD_ON_CONTRACT_VERSION,
  type AddOn,
  type AddOnContext,
  type AddOnModel,
  type AddOnPlan,
} from '@celadon/contracts'
import { ConnectionLimit } from './connection-limit.js'
import { addOnsError } from './errors.js'
import { everyMinute, LoadSamples } from './metrics-line.js'
import { attachmentName, credential, resourceName } from './resource-name.js'
import { createStation } from './station.js'

/** A plan of Heroku Key-Value Store. */
export interface RedisPlan extends AddOnPlan {
  readonly memoryMb: number
  /** Connections that are allowed at the same time. */
  readonly connections: number
  /** Whether Heroku logs metrics of it. */
  readonly production: boolean
}

/** What the model of Redis does not find out by itself. */
export interface RedisOptions {
  /** Memory in MB that its data take, for gauge and metrics line. Default 10, a guess. */
  readonly usedMemoryMb?: number
}

const SERVICE = 'heroku-redis'

/**
 * Plans of today whose price is known. Source: Heroku Dev Center, "Heroku Key-Value Store" plans
 * (2024), and heroku.com/pricing, which once names $100 and once $120 for premium-3.
 */
const REDIS_PLANS: Readonly<Record<string, RedisPlan>> = {
  mini: { usdPerMonth: 3, memoryMb: 25, connections: 20, production: false },
  'premium-0': { usdPerMonth: 15, memoryMb: 50, connections: 40, production: true },
  'premium-1': { usdPerMonth: 30, memoryMb: 100, connections: 80, production: true },
  'premium-2': { usdPerMonth: 60, memoryMb: 250, connections: 200, production: true },
  'premium-3': { usdPerMonth: 120, memoryMb: 500, connections: 400, production: true },
  'premium-5': { usdPerMonth: 200, memoryMb: 1024, connections: 1000, production: true },
}

/** Heroku Key-Value Store: one thread that serves one command after the other. */
export function redis(options: RedisOptions = {}): AddOnModel<RedisPlan> {
  const usedMemoryMb = options.usedMemoryMb ?? 10
  if (!(usedMemoryMb >= 0 && usedMemoryMb < Number.POSITIVE_INFINITY)) {
    throw addOnsError(
      'ADDONS_OPTION_INVALID',
      `usedMemoryMb must be a number of megabytes, 0 or more, but was ${usedMemoryMb}.`,
    )
  }
  return {
    contractVersion: ADD_ON_CONTRACT_VERSION,
    service: SERVICE,
    plans: REDIS_PLANS,
    attach: (context) => attachRedis(context, usedMemoryMb),
  }
}

function attachRedis(context: AddOnContext<RedisPlan>, usedMemoryMb: number): AddOn {
  const { plan, scheduler } = context
  const names = context.stream('names')
  const source = attachmentName(context, SERVICE, 'REDIS')
  const name = resourceName('redis', names)
  const url = `rediss://:${credential('p', 64, names)}@${name}.example.com:6380`
  const station = createStation({ scheduler, servers: 1 })
  const connections = new ConnectionLimit(plan.connections, 'ERR max number of clients reached')
  const load = new LoadSamples(station, scheduler.now)

  function logMetrics(): void {
    context.log(
      'heroku-redis',
      `source=${source} addon=${name}` +
        ` sample#active-connections=${connections.open}` +
        load.next(scheduler.now) +
        ` sample#memory-redis=${Math.round(usedMemoryMb * 1024 ** 2)}bytes`,
    )
  }

  return {
    configVars: { [`${source}_URL`]: url },
    gauges: {
      connections: () => connections.open,
      waiting: () => station.waiting,
      memoryMb: () => usedMemoryMb,
    },
    start() {
      if (plan.production) everyMinute(scheduler, logMetrics)
    },
    call: (call) => station.serve(call),
    connect: () => connections.connect(),
    disconnect: (count) => connections.disconnect(count),
  }
}
