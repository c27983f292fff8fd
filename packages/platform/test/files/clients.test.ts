import { constant } from '@celadon/kernel'
import { describe, expect, test } from 'vitest'
import type { Workload } from '../../src/app.js'
import { complaints, read } from './sources.js'

const RATE = 'rate: [{ at: "00:00", per_second: 5 }]'
const HOUR_MS = 3_600_000

function workload(text: string, durationMs: number = 24 * HOUR_MS): Workload {
  return read({ celadonYml: `workload: { ${text} }` }, { durationMs }).workload
}

describe('users who wait for their answers', () => {
  test('are one number, and think as long as is said', () => {
    const { rate, users } = workload('users: 200, think: { mean: 10s }')
    expect(rate).toEqual([])
    expect(users?.users).toEqual([{ atMs: 0, users: 200 }])
    expect(users?.thinkMs).toMatchObject({ name: 'exponential(mean 10000)', mean: 10_000 })
  })

  test('need not think', () => {
    expect(workload('users: 3').users).toEqual({ users: [{ atMs: 0, users: 3 }] })
  })

  test('follow corners, which repeat each day', () => {
    const { users } = workload(
      'users: [{ at: "08:00", users: 10 }, { at: "20:00", users: 0 }]',
      48 * HOUR_MS,
    )
    expect(users?.users).toEqual([
      { atMs: 8 * HOUR_MS, users: 10 },
      { atMs: 20 * HOUR_MS, users: 0 },
      { atMs: 32 * HOUR_MS, users: 10 },
      { atMs: 44 * HOUR_MS, users: 0 },
    ])
  })
})

test('clients leave, have a line, and keep cookies', () => {
  const text = `${RATE}, patience: 20s, sessions: 500, link: { down: 1.5 Mbit/s, up: 256kbit/s }`
  expect(workload(text)).toMatchObject({
    patienceMs: { name: constant(20_000).name },
    sessions: 500,
    link: { downloadBytesPerMs: 187.5, uploadBytesPerMs: 32 },
  })
  expect(workload(`${RATE}, link: { down: 1 Gbit/s }`).link).toEqual({
    downloadBytesPerMs: 125_000,
    uploadBytesPerMs: Number.POSITIVE_INFINITY,
  })
})

test('clients try again and hedge', () => {
  const retries =
    'retries: { attempts: 4, backoff: 1s, factor: 3, max: 20s, jitter: 0.5, budget: 10% }'
  expect(workload(`${RATE}, ${retries}, hedge: { after: 500ms, copies: 2 }`)).toMatchObject({
    retries: {
      attemptsMax: 4,
      backOff: { firstMs: 1000, factor: 3, maxMs: 20_000, jitter: 0.5 },
      budget: { ratio: 0.1 },
    },
    hedge: { afterMs: 500, hedgesMax: 2 },
  })
  const plain = workload(`${RATE}, retries: { backoff: 2s }, hedge: { after: 1s }`)
  expect(plain.retries).toEqual({ backOff: { firstMs: 2000 } })
  expect(plain.hedge).toEqual({ afterMs: 1000 })
})

test('nothing of this is there where nothing is said', () => {
  expect(Object.keys(workload(RATE)).sort()).toEqual(['endpoints', 'rate'])
})

test('an endpoint has bodies of requests', () => {
  const celadonYml = 'endpoints: [{ path: /upload, service: 10ms, request_bytes: 2000000 }]'
  expect(read({ celadonYml }).workload.endpoints).toMatchObject([{ requestBytes: 2_000_000 }])
})

test.each([
  [
    'users: 3, rate: [{ at: "00:00", per_second: 5 }]',
    'workload has rate and users of rate, trace, users; accepted: exactly one of them',
  ],
  [
    'users: 0.5',
    'workload.users is 0.5; accepted: a whole number from 1 to 1000000, or a list of { at, users }',
  ],
  [
    'users: many',
    'workload.users is "many"; accepted: a whole number from 1 to 1000000, or a list of { at, users }',
  ],
  [
    'users: [{ at: "08:00", users: -1 }]',
    'workload.users[0].users is -1; accepted: a whole number from 0 to 1000000',
  ],
  [
    'users: [{ at: "08:00", users: 1 }, { at: "07:00", users: 2 }]',
    'workload.users[1].at is before the entry above it; the list is in order of time',
  ],
  [`${RATE}, think: 5s`, 'workload.think goes with users, which the file does not have'],
  [
    'users: 3, spikes: [{ at: "08:00", for: 1m, times: 2 }]',
    'workload.spikes goes with rate or trace, which the file does not have',
  ],
  [
    'users: 3, sessions: 5',
    'workload.sessions goes with rate or trace, which the file does not have',
  ],
  [
    `${RATE}, retries: { backoff: 1s, budget: 10 }`,
    'workload.retries.budget is 10; accepted: a percentage such as 10%, at most 100%',
  ],
  [
    `${RATE}, retries: { backoff: 1s, budget: 101% }`,
    'workload.retries.budget is "101%"; accepted: a percentage such as 10%, at most 100%',
  ],
  [
    `${RATE}, retries: { attempts: 3 }`,
    'workload.retries.backoff is missing; accepted: a duration above 0 such as 250ms, 30s, 5m, 24h or 7d, at most 366d',
  ],
  [
    `${RATE}, link: { down: 1.5 MB/s }`,
    'workload.link.down is "1.5 MB/s"; accepted: a speed above 0 such as 256 kbit/s, 1.5 Mbit/s or 1 Gbit/s',
  ],
  [
    `${RATE}, hedge: { after: 1s, copy: 2 }`,
    'workload.hedge.copy is no known key; accepted: after, copies',
  ],
])('%s is refused', (text, message) => {
  const [first] = complaints({ celadonYml: `workload: { ${text} }` })
  expect(first?.replace(/^celadon.yml:\d+:\d+: /, '')).toBe(message)
})
