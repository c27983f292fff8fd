// @ts-check
// The same 40 slots as many small dynos or as few dynos with many workers each. Random routing picks a
// dyno, not a worker, and the workers of a dyno share one queue: a few slots behind each queue take
// most of the waiting away. It buys scalability, how many users are served well, at some cost in
// performance, how fast one request is served: the workers share the dyno's CPU.

import { unicorn } from '@celadon/dyno-manifold'
import { exponential } from '@celadon/kernel'
import { randomChoice } from '@celadon/router'
import { erlangWait } from '../experiment/erlang.js'
import { point } from '../experiment/points.js'
import { runAsProgram } from '../experiment/program.js'
import { estimate, replicate } from '../experiment/replications.js'
import { intervalText, numberText, textTable } from '../experiment/text-table.js'
import { waitingTimes } from './waiting-times.js'

/** @typedef {import('@celadon/kernel').Interval} Interval */
/** @typedef {import('./waiting-times.js').Times} Times */

/** @typedef {{ dynos: number, workers: number, load: number, times: Times[] }} Cell */

const SLOTS = 40
const WORKERS = [1, 2, 4, 8]
const DEMAND_MS = 100
const PART = {
  endpoint: { method: 'GET', path: '/', responseBytes: 10_000 },
  demandMs: exponential({ mean: DEMAND_MS }),
  steps: /** @type {const} */ ([
    { type: 'wait', share: 0.4 },
    { type: 'cpu', share: 0.2 },
    { type: 'wait', share: 0.4 },
  ]),
}
const WARM_UP_MS = 20_000

const FULL = { replications: 5, loads: [0.3, 0.5, 0.7, 0.8], requests: 30_000 }
/** The load whose figures the table has. */
const TABLE_LOAD = 0.7

/** @param {Partial<typeof FULL>} [options] */
export function run(options = {}) {
  const { replications, loads, requests } = { ...FULL, ...options }
  const cells = WORKERS.flatMap((workers) =>
    loads.map((load) => {
      const perSecond = (SLOTS * load * 1000) / DEMAND_MS
      const times = replicate(replications, (seed) =>
        waitingTimes({
          seed,
          dynos: SLOTS / workers,
          // A small app, so that eight workers fit into 1 GB.
          program: unicorn({ workers, memory: { startMb: 60, fullMb: 100 } }),
          policy: randomChoice(),
          part: PART,
          perSecond,
          fromMs: WARM_UP_MS,
          untilMs: WARM_UP_MS + (requests / perSecond) * 1000,
        }),
      )
      return { dynos: SLOTS / workers, workers, load, times }
    }),
  )
  return { cells, text: textOf(cells), page: pageOf(cells) }
}

/** @param {Cell[]} cells */
function textOf(cells) {
  return `${SLOTS} slots at a load of ${TABLE_LOAD}: how long one request is served, how long it waits
${textTable(
  ['dynos x workers', 'service ms', 'wait ms', 'M/M/k', 'wait p99 ms', 'queued %'],
  cells
    .filter(({ load }) => load === TABLE_LOAD)
    .map(({ dynos, workers, times }) => [
      `${dynos} x ${workers}`,
      intervalText(estimate(times, ({ serviceMs }) => serviceMs)),
      intervalText(estimate(times, ({ waitMs }) => waitMs)),
      numberText(DEMAND_MS * erlangWait(workers, TABLE_LOAD)),
      intervalText(estimate(times, ({ waitP99Ms }) => waitP99Ms)),
      intervalText(estimate(times, ({ queuedShare }) => 100 * queuedShare)),
    ]),
)}
M/M/k is what the wait would be if workers did not share a CPU.
`
}

/** @param {Cell[]} cells @returns {import('@celadon/report').ChartPage} */
function pageOf(cells) {
  const x = /** @type {const} */ ({ label: 'load', unit: 'share' })
  const lines = (/** @type {(times: Times) => number} */ figure) =>
    WORKERS.map((workers) => ({
      label: `${SLOTS / workers} x ${workers}`,
      points: cells
        .filter((cell) => cell.workers === workers)
        .map(({ load, times }) => point(load, estimate(times, figure))),
    }))
  return {
    title: 'Concurrency inside the dyno',
    note: 'The same 40 slots as dynos x workers. The workers of a dyno share its queue: a request waits only while all of them are busy.',
    charts: [
      {
        title: 'Scalability: how long requests wait',
        x,
        y: { label: 'mean wait', unit: 'duration' },
        intervals: 'whiskers',
        series: lines(({ waitMs }) => waitMs),
      },
      {
        title: 'Performance: how long one request is served',
        x,
        y: { label: 'mean service time', unit: 'duration' },
        intervals: 'whiskers',
        series: lines(({ serviceMs }) => serviceMs),
      },
    ],
    assumptions: [
      'Requests demand 100 ms on average, exponential, of which 20 ms are on the CPU; standard-2x with 2 cores that its neighbours leave to it.',
      'Random routing, no time-outs.',
      'The load is that of the slots if the CPU were never short.',
      'Means over replications with common random numbers and 95 % intervals by Student.',
    ],
  }
}

runAsProgram(import.meta.url, run)
