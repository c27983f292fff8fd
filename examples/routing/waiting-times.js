// @ts-check
import { createDynoManifold, DYNO_SIZES } from '@celadon/dyno-manifold'
import { createSimulation, Histogram, Moments, RateProfile } from '@celadon/kernel'
import { createRouter, openLoop, RequestMix, RequestPool } from '@celadon/router'

/**
 * What is compared.
 *
 * @typedef {object} Comparison
 * @property {string} seed
 * @property {number} dynos
 * @property {import('@celadon/contracts').Program} program the web server of each dyno
 * @property {import('@celadon/router').Policy} policy
 * @property {number} [instances] routers; the policy's or today's default when missing
 * @property {import('@celadon/router').MixPart} part what clients ask for
 * @property {number} perSecond requests in all; they come as a Poisson process
 * @property {number} fromMs requests that come before are not counted
 * @property {number} untilMs no request comes after; those that are there are served to the end
 */

/**
 * Waiting is about scalability: the time until a process takes a request up. Service is about
 * performance: the time that the process takes for it.
 *
 * @typedef {object} Times
 * @property {number} waitMs mean
 * @property {number} waitP99Ms
 * @property {number} queuedShare share of the requests that waited at all
 * @property {number} serviceMs mean
 */

/**
 * Nothing but waiting for a process: no time-outs, no limit of the quantity of dynos, no daily restarts,
 * and connecting takes no time.
 */
const NEVER_MS = 1e12
const SIZE = { ...DYNO_SIZES['standard-2x'], quantityMax: Number.POSITIVE_INFINITY }
const MANIFOLD = { metricsMs: Number.POSITIVE_INFINITY, cycleMs: NEVER_MS }
const ROUTER = {
  firstByteMs: NEVER_MS,
  backlogPerDyno: Number.POSITIVE_INFINITY,
  handshakeMs: 0,
}

/**
 * How long requests wait and are served: clients, a router and dynos, put together.
 *
 * @param {Comparison} comparison
 * @returns {Times}
 */
export function waitingTimes(comparison) {
  const { seed, dynos, program, policy, instances, part, perSecond, fromMs, untilMs } = comparison
  const simulation = createSimulation({ seed })
  const waits = new Histogram()
  const services = new Moments()
  const manifold = createDynoManifold({
    simulation,
    settings: MANIFOLD,
    onRequestFinished({ arrivedAt, startedAt, finishedAt }) {
      if (arrivedAt < fromMs) return
      waits.record(startedAt - arrivedAt)
      services.record(finishedAt - startedAt)
    },
  })
  manifold.define('web', { size: SIZE, command: program.name, program })
  manifold.scale('web', dynos, 'running')
  const router = createRouter({
    simulation,
    pool: manifold.pool('web'),
    policy,
    settings: { ...ROUTER, ...(instances === undefined ? {} : { instances }) },
  })
  const clients = openLoop({
    simulation,
    arrivals: new RateProfile([{ atMs: 0, perSecond }]),
    mix: new RequestMix({ simulation, pool: new RequestPool(), parts: [part] }),
    target: router,
  })
  clients.start()
  simulation.run(untilMs)
  clients.stop()
  if (router.open > 0) simulation.run({ condition: () => router.open === 0, checkEvery: 1 })
  return {
    waitMs: waits.mean,
    waitP99Ms: waits.quantile(0.99),
    queuedShare: waits.countAbove(0) / waits.count,
    serviceMs: services.mean,
  }
}
