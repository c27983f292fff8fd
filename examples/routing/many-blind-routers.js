// @ts-check
// A router that sends each request to the dyno with the fewest of its own requests does well alone.
// Many routers, each of which knows only its own requests, do hardly better than chance: what became
// of Heroku's routing while its mesh grew.

import { singleThreaded } from '@celadon/dyno-manifold'
import { exponential } from '@celadon/kernel'
import { leastConnections, leastOutstanding, randomChoice, sharedQueue } from '@celadon/router'
import { erlangWait } from '../experiment/erlang.js'
import { point } from '../experiment/points.js'
import { runAsProgram } from '../experiment/program.js'
import { estimate, replicate } from '../experiment/replications.js'
import { intervalText, numberText, textTable } from '../experiment/text-table.js'
import { waitingTimes } from './waiting-times.js'

/** @typedef {import('@celadon/kernel').Interval} Interval */

/**
 * Mean waits with so many routers.
 *
 * @typedef {object} Row
 * @property {number} routers
 * @property {Interval} leastConnections the dyno with the fewest of the router's own requests
 * @property {Interval} oneEach one request of each router on a dyno at most; others wait in the router
 * @property {Interval} informed the dyno with the fewest requests of all routers
 * @property {Interval} random
 */

const DYNOS = 30
const LOAD = 0.7
const SERVICE_MS = 100
const PER_SECOND = (DYNOS * LOAD * 1000) / SERVICE_MS
const PART = {
  endpoint: { method: 'GET', path: '/', responseBytes: 10_000 },
  demandMs: exponential({ mean: SERVICE_MS }),
}
/** Five times the relaxation time of a queue M/M/1, which is 38 service times at this load. */
const WARM_UP_MS = 190 * SERVICE_MS

const FULL = { replications: 5, routers: [1, 2, 4, 8, 16, 32, 64, 128, 256], requests: 40_000 }

/** @param {Partial<typeof FULL>} [options] */
export function run(options = {}) {
  const { replications, routers, requests } = { ...FULL, ...options }
  const untilMs = WARM_UP_MS + (requests / PER_SECOND) * 1000
  const meanWait = (
    /** @type {import('@celadon/router').Policy} */ policy,
    /** @type {number} */ instances,
  ) => {
    const runs = replicate(replications, (seed) =>
      waitingTimes({
        seed,
        dynos: DYNOS,
        program: singleThreaded(),
        policy,
        instances,
        part: PART,
        perSecond: PER_SECOND,
        fromMs: WARM_UP_MS,
        untilMs,
      }),
    )
    return estimate(runs, ({ waitMs }) => waitMs)
  }
  // Who draws lots needs to know nothing, so their number does not matter.
  const random = meanWait(randomChoice(), 1)
  const rows = routers.map((count) => ({
    routers: count,
    leastConnections: meanWait(leastConnections(), count),
    oneEach: meanWait(sharedQueue(), count),
    informed: meanWait(leastOutstanding(), count),
    random,
  }))
  return { rows, text: textOf(rows), page: pageOf(rows) }
}

/** @param {Row[]} rows */
function textOf(rows) {
  const ms = (/** @type {number} */ services) => numberText(SERVICE_MS * services)
  return `Mean wait in ms, ${DYNOS} dynos at a load of ${LOAD}
${textTable(
  ['routers', 'least connections', 'one request per dyno', 'informed', 'random'],
  rows.map((row) => [
    String(row.routers),
    intervalText(row.leastConnections),
    intervalText(row.oneEach),
    intervalText(row.informed),
    intervalText(row.random),
  ]),
)}
Theory: one queue ${ms(erlangWait(DYNOS, LOAD))} (M/M/${DYNOS}), a queue for each dyno ${ms(erlangWait(1, LOAD))} (M/M/1)
`
}

/** @param {Row[]} rows @returns {import('@celadon/report').ChartPage} */
function pageOf(rows) {
  const line = (/** @type {string} */ label, /** @type {(row: Row) => Interval} */ figure) => ({
    label,
    points: rows.map((row) => point(row.routers, figure(row))),
  })
  return {
    title: 'Many blind routers',
    note: 'Each router knows its own requests only. The more of them share the traffic, the less each one knows, and the wait grows to that of random routing.',
    charts: [
      {
        title: `${DYNOS} dynos at a load of ${LOAD}`,
        x: { label: 'routers', unit: 'count', scale: 'log' },
        y: { label: 'mean wait', unit: 'duration' },
        intervals: 'whiskers',
        series: [
          line('least connections', (row) => row.leastConnections),
          line('one request per dyno', (row) => row.oneEach),
          line('informed: all see the dynos themselves', (row) => row.informed),
          line('random', (row) => row.random),
        ],
      },
    ],
    assumptions: [
      'A request reaches each router with the same probability.',
      'Dynos serve one request at a time; service times are exponential with a mean of 100 ms.',
      'One request per dyno: a router has one request on each dyno at most and keeps further ones, as on Bamboo. With a single router that is one queue for all dynos.',
      'Means over replications with common random numbers and 95 % intervals by Student.',
    ],
  }
}

runAsProgram(import.meta.url, run)
