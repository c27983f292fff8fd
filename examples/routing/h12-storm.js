// @ts-check
// For three minutes more requests come than the dynos can serve. Without retries the app is back to
// normal soon after; with clients that try again after each H12 it is not: dynos work on requests
// whose clients have left (zombies), each of which comes twice more. A pause before the next attempt
// only moves that. A retry budget ends it.

import { createDynoManifold, DYNO_SIZES, singleThreaded } from '@celadon/dyno-manifold'
import { createSimulation, exponential, RateProfile } from '@celadon/kernel'
import { createRouter, isError, openLoop, RequestMix, RequestPool, retrying } from '@celadon/router'
import { point } from '../experiment/points.js'
import { runAsProgram } from '../experiment/program.js'
import { estimate, replicate } from '../experiment/replications.js'
import { intervalText, textTable } from '../experiment/text-table.js'

/**
 * The time around an overload, in columns with an entry for each interval.
 *
 * @typedef {object} Storm
 * @property {number[]} served good answers a second
 * @property {number[]} timedOut H12 a second
 * @property {number[]} waiting requests that wait on dynos at the end of the interval
 * @property {number} asks things that users wanted
 * @property {number} attempts requests for each of them
 * @property {number} failedShare share of what users wanted that came to nothing
 */

/** @typedef {{ name: string, storms: Storm[] }} Variant */

const MINUTE_MS = 60_000
const INTERVAL_MS = 10_000
const DYNOS = 10
const SERVICE_MS = 200
/** Ten dynos with 200 ms a request serve 50 requests a second. */
const USUAL_PER_SECOND = 40
const PEAK_PER_SECOND = 65
const PEAK_MS = [2 * MINUTE_MS, 5 * MINUTE_MS]
const ENDPOINT = { method: 'GET', path: '/', responseBytes: 10_000 }

/** @type {readonly { name: string, retries: Partial<import('@celadon/router').RetryingOptions> | null }[]} */
const CLIENTS = [
  { name: 'no retries', retries: null },
  { name: '2 retries at once', retries: { backOff: { firstMs: 0 } } },
  {
    name: '2 retries with back-off',
    retries: { backOff: { firstMs: 5000, factor: 2, jitter: 1 } },
  },
  {
    name: '2 retries, budget 10 %',
    retries: { backOff: { firstMs: 1000, jitter: 1 }, budget: { ratio: 0.1 } },
  },
]

const FULL = { replications: 5, minutes: 16 }

/** @param {Partial<typeof FULL>} [options] */
export function run(options = {}) {
  const { replications, minutes } = { ...FULL, ...options }
  const variants = CLIENTS.map(({ name, retries }) => ({
    name,
    storms: replicate(replications, (seed) => simulate(seed, retries, minutes * MINUTE_MS)),
  }))
  return { variants, text: textOf(variants), page: pageOf(variants) }
}

/**
 * @param {string} seed
 * @param {Partial<import('@celadon/router').RetryingOptions> | null} retries
 * @param {number} untilMs
 * @returns {Storm}
 */
function simulate(seed, retries, untilMs) {
  const simulation = createSimulation({ seed })
  // Without daily restarts, which would lower the line of one replication here and there.
  const manifold = createDynoManifold({ simulation, settings: { cycleMs: 1e12 } })
  const web = manifold.define('web', {
    size: DYNO_SIZES['standard-1x'],
    command: 'bin/server',
    program: singleThreaded(),
  })
  manifold.scale('web', DYNOS, 'running')

  let served = 0
  let timedOut = 0
  const router = createRouter({
    simulation,
    pool: manifold.pool('web'),
    onResponse(request) {
      if (request.code === 'H12') timedOut += 1
      else if (!isError(request)) served += 1
    },
  })
  const pool = new RequestPool()
  // Without retries clients are those that make one attempt.
  const clients = retrying({
    simulation,
    pool,
    target: router,
    backOff: { firstMs: 0 },
    attemptsMax: retries === null ? 1 : 3,
    ...retries,
  })
  const [fromMs = 0, toMs = 0] = PEAK_MS
  openLoop({
    simulation,
    arrivals: new RateProfile([
      { atMs: fromMs, perSecond: USUAL_PER_SECOND },
      { atMs: fromMs, perSecond: PEAK_PER_SECOND },
      { atMs: toMs, perSecond: PEAK_PER_SECOND },
      { atMs: toMs, perSecond: USUAL_PER_SECOND },
    ]),
    mix: new RequestMix({
      simulation,
      pool,
      parts: [{ endpoint: ENDPOINT, demandMs: exponential({ mean: SERVICE_MS }) }],
    }),
    target: clients,
  }).start()

  /** @type {Storm} */
  const storm = { served: [], timedOut: [], waiting: [], asks: 0, attempts: 0, failedShare: 0 }
  for (let endMs = INTERVAL_MS; endMs <= untilMs; endMs += INTERVAL_MS) {
    simulation.run(endMs)
    storm.served.push((served * 1000) / INTERVAL_MS)
    storm.timedOut.push((timedOut * 1000) / INTERVAL_MS)
    storm.waiting.push(web.statistics.waiting.value)
    served = 0
    timedOut = 0
  }
  const { asks, attempts, failed, succeeded } = clients.statistics
  storm.asks = asks
  storm.attempts = attempts / asks
  storm.failedShare = failed / (failed + succeeded)
  return storm
}

/** Mean rate of good answers in the last three minutes. @param {Storm} storm */
export function finalRate({ served }) {
  const last = served.slice((-3 * MINUTE_MS) / INTERVAL_MS)
  return last.reduce((sum, rate) => sum + rate, 0) / last.length
}

/** @param {Variant[]} variants */
function textOf(variants) {
  return `${PEAK_PER_SECOND} requests/s for 3 minutes, ${USUAL_PER_SECOND}/s before and after; the dynos serve 50/s
${textTable(
  ['clients', 'attempts', 'failed %', 'most waiting', 'good/s at the end'],
  variants.map(({ name, storms }) => [
    name,
    intervalText(estimate(storms, ({ attempts }) => attempts)),
    intervalText(estimate(storms, ({ failedShare }) => 100 * failedShare)),
    intervalText(estimate(storms, ({ waiting }) => Math.max(...waiting))),
    intervalText(estimate(storms, finalRate)),
  ]),
)}
attempts: requests for each thing that a user wanted; failed: what users wanted and never got
`
}

/** @param {Variant[]} variants @returns {import('@celadon/report').ChartPage} */
function pageOf(variants) {
  const x = /** @type {const} */ ({ label: 'time', unit: 'duration' })
  const [fromMs = 0, toMs = 0] = PEAK_MS
  const marks = [
    { x: fromMs, label: 'overload begins' },
    { x: toMs, label: 'overload ends' },
  ]
  const lines = (/** @type {(storm: Storm) => number[]} */ column) =>
    variants.map(({ name, storms }) => ({
      label: name,
      points: (storms[0]?.served ?? []).map((_, index) =>
        point(
          (index + 1) * INTERVAL_MS,
          estimate(storms, (storm) => column(storm)[index] ?? 0),
        ),
      ),
    }))
  return {
    title: 'An H12 storm, and how it ends',
    note: 'Ten dynos that serve 50 requests a second get 65 for three minutes. Retries without a budget keep them busy for clients that have left.',
    charts: [
      {
        title: 'What users get',
        x,
        y: { label: 'good answers per second', unit: 'rate' },
        marks,
        series: lines(({ served }) => served),
      },
      {
        title: 'Time-outs',
        x,
        y: { label: 'H12 per second', unit: 'rate' },
        marks,
        series: lines(({ timedOut }) => timedOut),
      },
      {
        title: 'What waits on the dynos',
        x,
        y: { label: 'requests waiting', unit: 'count' },
        marks,
        series: lines(({ waiting }) => waiting),
      },
    ],
    assumptions: [
      `${DYNOS} dynos that serve one request at a time, exponential service of ${SERVICE_MS} ms; they serve what was given up, too. Random routing.`,
      'Clients try again after any error, twice at most. Back-off: up to 5 s, then up to 10 s. The budget: one retry for ten requests, 10 saved at most.',
      'Bands are 95 % intervals of the means over replications with common random numbers.',
    ],
  }
}

runAsProgram(import.meta.url, run)
