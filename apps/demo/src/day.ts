import type { Step } from '@celadon/contracts'
import { lognormal, type RatePoint } from '@celadon/kernel'
import type { EndpointDescription } from '@celadon/platform'

const HOUR_MS = 3_600_000

/** Length of the day. */
export const DAY_MS: number = 24 * HOUR_MS

/** Virtual time of a time of day: `at(9, 30)` is half past nine. */
export function at(hour: number, minute = 0): number {
  return (hour + minute / 60) * HOUR_MS
}

/** Visitors: quiet at night, a morning ramp, a lunch peak, and a newsletter at six. */
export const RATE: readonly RatePoint[] = [
  { atMs: at(0), perSecond: 2 },
  { atMs: at(6), perSecond: 2 },
  { atMs: at(9), perSecond: 8 },
  { atMs: at(11, 30), perSecond: 9 },
  { atMs: at(12, 30), perSecond: 14 },
  { atMs: at(13, 30), perSecond: 9 },
  { atMs: at(18), perSecond: 8 },
  { atMs: at(18, 1), perSecond: 70 },
  { atMs: at(18, 4), perSecond: 40 },
  { atMs: at(18, 15), perSecond: 10 },
  { atMs: at(22), perSecond: 6 },
  { atMs: at(24), perSecond: 2 },
]

/** Rails: 60 % of the time computes; session store, cache, database and other services get the rest. */
function rails(queries: number, cacheReads: number): readonly Step[] {
  return [
    { type: 'cpu', share: 0.3 },
    { type: 'call', share: 0.02, addOn: 'heroku-redis', operations: 1 },
    { type: 'call', share: 0.05, addOn: 'memcachier', operations: cacheReads },
    { type: 'call', share: 0.2, addOn: 'heroku-postgresql', operations: queries },
    { type: 'wait', share: 0.13 },
    { type: 'cpu', share: 0.3 },
  ]
}

/** What visitors ask for. Times are those of one request on an idle dyno, in milliseconds. */
export const ENDPOINTS: readonly EndpointDescription[] = [
  {
    method: 'GET',
    path: '/products',
    weight: 70,
    service: lognormal({ median: 70, p95: 220 }),
    steps: rails(4, 6),
    responseBytes: 14_300,
    enqueues: {},
  },
  {
    method: 'GET',
    path: '/search',
    weight: 22,
    service: lognormal({ median: 140, p95: 600 }),
    steps: rails(9, 2),
    responseBytes: 9_800,
    enqueues: {},
  },
  {
    method: 'POST',
    path: '/orders',
    weight: 8,
    service: lognormal({ median: 180, p95: 500 }),
    steps: rails(15, 1),
    responseBytes: 1_200,
    enqueues: {},
  },
]
