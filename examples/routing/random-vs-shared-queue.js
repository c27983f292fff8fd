// @ts-check
// Random routing needs dynos without end to do what a shared queue does with a few. Twice: with the
// same load on each dyno, from 10 to 4,000 of them; and with the traffic of an app that was published
// in 2013, on ever more dynos.

import { singleThreaded } from '@celadon/dyno-manifold'
import { exponential, weibull } from '@celadon/kernel'
import { randomChoice, sharedQueue } from '@celadon/router'
import { erlangWait } from '../experiment/erlang.js'
import { point } from '../experiment/points.js'
import { runAsProgram } from '../experiment/program.js'
import { estimate, replicate } from '../experiment/replications.js'
import { intervalText, numberText, textTable } from '../experiment/text-table.js'
import { waitingTimes } from './waiting-times.js'

/** @typedef {import('./waiting-times.js').Times} Times */

/** @typedef {{ dynos: number, random: Times[], shared: Times[] }} Row */

const ENDPOINT = { method: 'GET', path: '/', responseBytes: 10_000 }
const LOAD = 0.5
const SERVICE_MS = 100
/** Five times the relaxation time of a queue M/M/1, which is 12 service times at this load. */
const WARM_UP_MS = 60 * SERVICE_MS
/** Measured at least, so that what waits at the end of the warm-up has left. */
const MEASURED_MS = 20 * SERVICE_MS

/** Service times as published by Rap Genius in February 2013: 10 ms to 30 s, median 50 ms. */
const RAW = weibull({ shape: 0.46, scale: 110.92 })
const PUBLISHED = {
  ...RAW,
  name: `${RAW.name} from 10 ms to 30 s`,
  mean: 264.2,
  variance: 506_914 - 264.2 ** 2,
  quantile: (/** @type {number} */ p) => Math.min(Math.max(RAW.quantile(p), 10), 30_000),
}
const PUBLISHED_PER_SECOND = 9000 / 60

const FULL = {
  replications: 5,
  loadedDynos: [10, 30, 100, 1000, 4000],
  loadedRequests: 10_000,
  publishedDynos: [50, 80, 250, 1000, 4000],
  publishedMs: 300_000,
}

/** @param {Partial<typeof FULL>} [options] */
export function run(options = {}) {
  const { replications, loadedDynos, loadedRequests, publishedDynos, publishedMs } = {
    ...FULL,
    ...options,
  }
  const loaded = loadedDynos.map((dynos) => {
    const perSecond = (dynos * LOAD * 1000) / SERVICE_MS
    const part = { endpoint: ENDPOINT, demandMs: exponential({ mean: SERVICE_MS }) }
    const untilMs = WARM_UP_MS + Math.max((loadedRequests / perSecond) * 1000, MEASURED_MS)
    return compare(dynos, replications, { part, perSecond, fromMs: WARM_UP_MS, untilMs })
  })
  const published = publishedDynos.map((dynos) => {
    const part = { endpoint: ENDPOINT, demandMs: PUBLISHED }
    const perSecond = PUBLISHED_PER_SECOND
    return compare(dynos, replications, { part, perSecond, fromMs: 0, untilMs: publishedMs })
  })
  return { loaded, published, text: textOf(loaded, published), page: pageOf(loaded, published) }
}

/**
 * @param {number} dynos
 * @param {number} replications
 * @param {Pick<import('./waiting-times.js').Comparison, 'part' | 'perSecond' | 'fromMs' | 'untilMs'>} traffic
 * @returns {Row}
 */
function compare(dynos, replications, traffic) {
  const program = singleThreaded()
  const [random = [], shared = []] = [randomChoice(), sharedQueue()].map((policy) =>
    replicate(replications, (seed) => waitingTimes({ seed, dynos, program, policy, ...traffic })),
  )
  return { dynos, random, shared }
}

/** @param {Row[]} loaded @param {Row[]} published */
function textOf(loaded, published) {
  const wait = (/** @type {Times} */ { waitMs }) => waitMs
  const p99 = (/** @type {Times} */ { waitP99Ms }) => waitP99Ms
  const queued = (/** @type {Times} */ { queuedShare }) => 100 * queuedShare
  return `Mean wait in ms at a load of ${LOAD} on each dyno, and what theory says
${textTable(
  ['dynos', 'random', 'M/M/1', 'shared queue', 'M/M/n'],
  loaded.map(({ dynos, random, shared }) => [
    String(dynos),
    intervalText(estimate(random, wait)),
    numberText(SERVICE_MS * erlangWait(1, LOAD)),
    intervalText(estimate(shared, wait)),
    numberText(SERVICE_MS * erlangWait(dynos, LOAD)),
  ]),
)}
9000 requests a minute for 5 minutes, service times as published in 2013; waits in ms
${textTable(
  ['dynos', 'random: mean', 'queued %', 'p99', 'shared queue: mean', 'queued %', 'p99'],
  published.map(({ dynos, random, shared }) => [
    String(dynos),
    ...[random, shared].flatMap((runs) =>
      [wait, queued, p99].map((figure) => intervalText(estimate(runs, figure))),
    ),
  ]),
)}`
}

/** @param {Row[]} loaded @param {Row[]} published @returns {import('@celadon/report').ChartPage} */
function pageOf(loaded, published) {
  const x = /** @type {const} */ ({ label: 'dynos', unit: 'count', scale: 'log' })
  const lines = (/** @type {Row[]} */ rows, /** @type {(times: Times) => number} */ figure) => [
    {
      label: 'random',
      points: rows.map(({ dynos, random }) => point(dynos, estimate(random, figure))),
    },
    {
      label: 'shared queue',
      points: rows.map(({ dynos, shared }) => point(dynos, estimate(shared, figure))),
    },
  ]
  return {
    title: 'Random routing against a shared queue',
    note: 'Dynos that serve one request at a time. More of them shorten the wait in a shared queue; a dyno that is chosen at random makes its own queue, however many others are free.',
    charts: [
      {
        title: 'The same load on each dyno',
        x,
        y: { label: 'mean wait', unit: 'duration', scale: 'log', min: 0.01 },
        intervals: 'whiskers',
        series: lines(loaded, ({ waitMs }) => waitMs),
      },
      {
        title: 'The same traffic on more dynos',
        x,
        y: { label: '99th percentile of the wait', unit: 'duration', scale: 'log', min: 1 },
        intervals: 'whiskers',
        series: lines(published, ({ waitP99Ms }) => waitP99Ms),
      },
      {
        title: 'Who waits at all',
        x,
        y: { label: 'requests that wait', unit: 'share' },
        intervals: 'whiskers',
        series: lines(published, ({ queuedShare }) => queuedShare),
      },
    ],
    assumptions: [
      `The same load: ${LOAD}, exponential service of ${SERVICE_MS} ms, from an empty app; the first ${WARM_UP_MS / 1000} seconds are not counted.`,
      'The same traffic: 9000 requests a minute for 5 minutes from an empty app, Weibull service times of 2013.',
      'No time-outs: a request waits as long as it takes.',
      'Means over replications with common random numbers and 95 % intervals by Student.',
    ],
  }
}

runAsProgram(import.meta.url, run)
