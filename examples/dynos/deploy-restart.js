// @ts-check
// A deploy restarts all web dynos. At once: none serves until the first new one has booted, and what
// came meanwhile waits in the router, and then falls upon that one dyno. With preboot the old ones serve until the new ones are up. A
// rolling restart replaces a quarter at a time and needs that much spare capacity.

import { createDynoManifold, DYNO_SIZES, puma } from '@celadon/dyno-manifold'
import { createSimulation, exponential, Histogram, lognormal, RateProfile } from '@celadon/kernel'
import { createRouter, openLoop, RequestMix, RequestPool } from '@celadon/router'
import { point } from '../experiment/points.js'
import { runAsProgram } from '../experiment/program.js'
import { estimate, replicate } from '../experiment/replications.js'
import { intervalText, textTable } from '../experiment/text-table.js'

/** @typedef {import('@celadon/dyno-manifold').RestartStrategy} RestartStrategy */

/**
 * The time around a deploy, in columns with an entry for each interval.
 *
 * @typedef {object} Deploy
 * @property {(number | null)[]} p95Ms latency of the answers of an interval; null: there was none
 * @property {number[]} failed failed requests a second
 * @property {number[]} waiting requests without a process that works on them, at the end of the interval
 * @property {number[]} up dynos that take requests, at the end of the interval
 * @property {number} longestMs highest latency of all
 * @property {number} slowShare share of the answers that took over a second
 * @property {number} failures failed requests in all
 */

/** @typedef {{ strategy: RestartStrategy, deploys: Deploy[] }} Variant */

const MINUTE_MS = 60_000
const INTERVAL_MS = 5_000
const DEPLOY_MS = 2 * MINUTE_MS
const DYNOS = 8
const PER_SECOND = 130
const PART = {
  endpoint: { method: 'GET', path: '/', responseBytes: 10_000 },
  demandMs: exponential({ mean: 200 }),
  steps: /** @type {const} */ ([
    { type: 'wait', share: 0.4 },
    { type: 'cpu', share: 0.3 },
    { type: 'wait', share: 0.3 },
  ]),
}
/** @type {readonly RestartStrategy[]} */
const STRATEGIES = ['at-once', 'preboot', 'rolling']

const FULL = { replications: 20, minutes: 9 }

/** @param {Partial<typeof FULL>} [options] */
export function run(options = {}) {
  const { replications, minutes } = { ...FULL, ...options }
  const variants = STRATEGIES.map((strategy) => ({
    strategy,
    deploys: replicate(replications, (seed) => simulate(seed, strategy, minutes * MINUTE_MS)),
  }))
  return { variants, text: textOf(variants), page: pageOf(variants) }
}

/**
 * @param {string} seed
 * @param {RestartStrategy} strategy
 * @param {number} untilMs
 * @returns {Deploy}
 */
function simulate(seed, strategy, untilMs) {
  const simulation = createSimulation({ seed })
  const manifold = createDynoManifold({ simulation })
  const web = manifold.define('web', {
    size: DYNO_SIZES['standard-2x'],
    command: 'bundle exec puma',
    program: puma({ bootMs: lognormal({ median: 15_000, p95: 30_000 }) }),
  })
  manifold.scale('web', DYNOS, 'running')

  const latency = new Histogram()
  const all = new Histogram()
  let failures = 0
  const router = createRouter({
    simulation,
    pool: manifold.pool('web'),
    onResponse({ code, arrivedAt, respondedAt }) {
      if (code !== '') failures += 1
      latency.record(respondedAt - arrivedAt)
    },
  })
  openLoop({
    simulation,
    arrivals: new RateProfile([{ atMs: 0, perSecond: PER_SECOND }]),
    mix: new RequestMix({ simulation, pool: new RequestPool(), parts: [PART] }),
    target: router,
  }).start()

  /** @type {Pick<Deploy, 'p95Ms' | 'failed' | 'waiting' | 'up'>} */
  const columns = { p95Ms: [], failed: [], waiting: [], up: [] }
  for (let endMs = INTERVAL_MS; endMs <= untilMs; endMs += INTERVAL_MS) {
    const failedBefore = failures
    if (endMs === DEPLOY_MS + INTERVAL_MS) manifold.restart('web', strategy)
    simulation.run(endMs)
    columns.p95Ms.push(latency.count === 0 ? null : latency.quantile(0.95))
    columns.failed.push(((failures - failedBefore) * 1000) / INTERVAL_MS)
    columns.waiting.push(router.waiting + web.statistics.waiting.value)
    columns.up.push(web.backends.length)
    all.merge(latency)
    latency.reset()
  }
  return {
    ...columns,
    longestMs: all.max,
    slowShare: all.countAbove(1000) / all.count,
    failures,
  }
}

/** @param {Variant[]} variants */
function textOf(variants) {
  return `A deploy of ${DYNOS} dynos with ${PER_SECOND} requests/s
${textTable(
  ['restart', 'over 1 s %', 'longest s', 'most waiting', 'failed', 'fewest dynos up'],
  variants.map(({ strategy, deploys }) => [
    strategy,
    intervalText(estimate(deploys, ({ slowShare }) => 100 * slowShare)),
    intervalText(estimate(deploys, ({ longestMs }) => longestMs / 1000)),
    intervalText(estimate(deploys, ({ waiting }) => Math.max(...waiting))),
    intervalText(estimate(deploys, ({ failures }) => failures)),
    intervalText(estimate(deploys, ({ up }) => Math.min(...up))),
  ]),
)}`
}

/** @param {Variant[]} variants @returns {import('@celadon/report').ChartPage} */
function pageOf(variants) {
  const x = /** @type {const} */ ({ label: 'time', unit: 'duration' })
  const marks = [{ x: DEPLOY_MS, label: 'deploy' }]
  const lines = (/** @type {(deploy: Deploy) => readonly (number | null)[]} */ column) =>
    variants.map(({ strategy, deploys }) => ({
      label: strategy,
      points: (deploys[0]?.up ?? []).map((_, index) => {
        const x = (index + 1) * INTERVAL_MS
        const values = deploys.map((deploy) => column(deploy)[index] ?? null)
        if (values.includes(null)) return { x, y: null }
        return point(x, estimate(values, Number))
      }),
    }))
  return {
    title: 'What a deploy costs',
    note: 'All dynos are replaced at 2 min: at once, with preboot, or a quarter at a time. At once, the first new dyno gets all that waited meanwhile. Latency is of the answers of an interval; a gap means that there was none in one of the replications.',
    charts: [
      {
        title: 'Latency',
        x,
        y: { label: '95th percentile', unit: 'duration', scale: 'log' },
        marks,
        series: lines(({ p95Ms }) => p95Ms),
      },
      {
        title: 'What waits in the router and on dynos',
        x,
        y: { label: 'requests waiting', unit: 'count' },
        marks,
        series: lines(({ waiting }) => waiting),
      },
      {
        title: 'Errors',
        x,
        y: { label: 'failed requests per second', unit: 'rate' },
        marks,
        series: lines(({ failed }) => failed),
      },
      {
        title: 'Dynos that take requests',
        x,
        y: { label: 'dynos up', unit: 'count' },
        marks,
        series: lines(({ up }) => up),
      },
    ],
    assumptions: [
      `${DYNOS} standard-2x with puma 2x5, of whose ${DYNOS * 10} threads a third is busy; requests demand 200 ms, 60 ms of them on the CPU.`,
      'A dyno is provisioned within 1.5 to 12 s and boots within 15 s in the median and 30 s in 95 of 100 cases; the latter is a guess.',
      'Old dynos finish what they have taken up. Bands are 95 % intervals of the means over replications with common random numbers.',
    ],
  }
}

runAsProgram(import.meta.url, run)
