// A database with c vCPUs, Poisson calls and exponential demands is M/M/c. Theory: Erlang's C formula.
import { BatchMeans, covers } from '@celadon/kernel'
import { expect, test } from 'vitest'
import { postgres, redis } from '../src/index.js'
import { bench, TestCall } from './bench.js'

const MEAN_DEMAND_MS = 10
const WARM_UP_CALLS = 5000
const CALLS = 200_000

/** Mean wait by Erlang's C formula, in milliseconds. */
function erlangWaitMs(servers: number, arrivalsPerMs: number): number {
  const load = arrivalsPerMs * MEAN_DEMAND_MS
  let blocking = 1
  for (let count = 1; count <= servers; count += 1) {
    blocking = (load * blocking) / (count + load * blocking)
  }
  const busy = blocking / (1 - (load / servers) * (1 - blocking))
  return (busy * MEAN_DEMAND_MS) / (servers - load)
}

test.each([
  ['heroku-postgresql standard-0', postgres(), 'standard-0', 2, 0.16],
  ['heroku-postgresql standard-4', postgres(), 'standard-4', 4, 0.32],
  ['heroku-redis mini', redis(), 'mini', 1, 0.06],
] as const)('calls of %s wait as M/M/c says', (_, model, plan, servers, arrivalsPerMs) => {
  const { simulation, attached } = bench<{ readonly usdPerMonth: number }>(model, { plan })
  const arrivals = simulation.stream('arrivals')
  const demands = simulation.stream('demands')
  const calls: TestCall[] = []
  const total = WARM_UP_CALLS + CALLS
  const arrive = (): void => {
    const call = new TestCall(simulation, demands.exponential(MEAN_DEMAND_MS))
    calls.push(call)
    attached.call(call)
    if (calls.length < total)
      simulation.schedule(arrivals.exponential(1 / arrivalsPerMs), arrive, null)
  }
  arrive()
  simulation.run((total / arrivalsPerMs) * 2)

  expect(attached).toMatchObject({ calls: total, callsUnderWay: 0, errors: 0 })
  const waits = new BatchMeans()
  for (const { latencyMs, demandMs } of calls.slice(WARM_UP_CALLS)) {
    waits.record(latencyMs - demandMs)
  }
  const wait = waits.interval(0.999)
  const theory = erlangWaitMs(servers, arrivalsPerMs)
  expect(covers(wait, theory)).toBe(true)
  // Tight enough to tell it from one server more, the nearest mistake.
  expect(theory - erlangWaitMs(servers + 1, arrivalsPerMs)).toBeGreaterThan(2 * wait.halfWidth)
})
