import { expect, test } from 'vitest'
import { type Colors, formatSummary } from '../src/index.js'
import { exampleDay } from './example-day.js'
import { quietRun } from './quiet-run.js'

test('tells a day in 23 lines', () => {
  expect(formatSummary(exampleDay())).toBe(`\
shop                         24 h from 2026-03-02 00:00 UTC, router-2.0, seed 42
requests............: 2.76 M, 31.9/s, peak 154/s, 3 in flight at the end
served..............: 98.97 %, 31.6/s, 28.3 k failed, 28.1 k finished for nobody
status codes........: 200:2.54 M  302:166 k  404:27.6 k  503:28.3 k
error codes.........: H12:28.3 k  H13:41  R14:214
latency                             mean       p50       p95       p99       max
  service...........:              82 ms     63 ms    212 ms    488 ms    6.12 s
  queue.............:             214 ms      0 ms     38 ms    9.40 s    41.2 s
  total.............:             297 ms     68 ms    271 ms    9.87 s    30.0 s
dynos                               size      busy       cpu max queue    memory
  web...............:    8 x standard-2x    41.2 %    28.7 %    3.45 k    62.6 %
  worker............:    2 x standard-1x    44.7 %    28.7 %         0     103 %
  resque............:    1 x standard-1x    19.0 %    28.7 %         0    42.6 %
  clock.............:    1 x standard-1x     0.2 %     0.1 %         0    18.8 %
jobs                                done   waiting    failed      lost  p95 wait
  delayed_job.......:              122 k        75        12         1    42.0 s
  resque............:             18.2 k         0         0         0    4.90 s
add-ons                             plan     calls    errors       p95   $/month
  heroku-postgresql.:         standard-0    12.4 M         3    6.4 ms    $50.00
  heroku-redis......:          premium-0     141 k         0    6.4 ms    $15.00
  memcachier........:                100    8.20 M         0    6.4 ms    $15.00
  scheduler.........:           standard         0         0         -     $0.00
cost................: $19.05 for 24 h: web: 8 x standard-2x $13.15, worker: 2 x…
`)
})

test('tells a run in which nothing happened', () => {
  expect(formatSummary(quietRun())).toBe(`\
quiet  stopped after 0 ms of 1.5 h from 2012-06-14 22:30 UTC, cedar-2012, seed 1
requests............: 0, 0/s, peak 0/s
served..............: -, 0/s, 0 failed
status codes........: none
error codes.........: none
latency                             mean       p50       p95       p99       max
  service...........:                  -         -         -         -         -
  queue.............:                  -         -         -         -         -
  total.............:                  -         -         -         -         -
cost................: $0.00 for 0 ms
`)
})

test('tells what users came to, where they try again or wait', () => {
  const latency = { count: 9, mean: 300, p50: 68, p95: 1234, p99: 9870, max: 30_000 }
  const figures = { asks: 2_510_000, attempts: 2_760_000, succeeded: 2_500_000, failed: 9990 }
  const clients = { ...figures, open: 10, denied: 0, wasted: 0, latency }
  const lines = formatSummary({ ...exampleDay(), clients }).split('\n')
  expect(lines[5]).toBe(
    'users...............: 2.51 M asks, 99.60 % good, p95 1.23 s, 1.10 attempts each',
  )
  const none = { asks: 0, attempts: 0, succeeded: 0, failed: 0 }
  const quiet = { ...clients, ...none, latency: { ...latency, count: 0 } }
  expect(formatSummary({ ...quietRun(), clients: quiet })).toContain(
    'users...............: 0 asks, - good, p95 -\n',
  )
})

test('says how many rows of a long list are left out', () => {
  const day = exampleDay()
  const processes = day.processes.flatMap((process) =>
    [1, 2, 3].map((number) => ({ ...process, type: `${process.type}${number}` })),
  )
  const summary = formatSummary({ ...day, processes })
  expect(summary.split('\n')).toHaveLength(25)
  expect(summary).toContain('  worker1...')
  expect(summary).not.toContain('  worker2...')
  expect(summary).toContain('  and 8 more\n')
  expect(summary).toContain('  scheduler...')
})

test('cuts long names with an ellipsis', () => {
  const day = exampleDay()
  const app = {
    ...day.app,
    name: 'a-shop-whose-name-is-as-long-as-it-may-be',
    seed: 'x'.repeat(99),
  }
  const [first] = formatSummary({ ...day, app }).split('\n')
  expect(first).toBe(
    'a-shop-whose-…  24 h from 2026-03-02 00:00 UTC, router-2.0, seed xxxxxxxxxxxxxx…',
  )
})

test('puts colour on words without moving them', () => {
  const marked = formatSummary(exampleDay(), { colors: tags })
  expect(marked.replace(/<\/?\w+>/g, '')).toBe(formatSummary(exampleDay()))
  expect(marked).toContain('<red>28.3 k failed</red>')
  expect(marked).toContain('<yellow>     103 %</yellow>')
})

test('gives the room of a wider terminal to names', () => {
  const lines = formatSummary(exampleDay(), { width: 100 }).split('\n')
  expect(lines[6]).toBe(
    '  service.............................:              82 ms     63 ms    212 ms    488 ms    6.12 s',
  )
})

test.each([39, 80.5, Number.NaN])('refuses a width of %d', (width) => {
  expect(() => formatSummary(exampleDay(), { width })).toThrowError(
    expect.objectContaining({ code: 'REPORT_WIDTH_INVALID' }),
  )
})

const tags: Colors = {
  bold: (text) => `<bold>${text}</bold>`,
  dim: (text) => `<dim>${text}</dim>`,
  red: (text) => `<red>${text}</red>`,
  yellow: (text) => `<yellow>${text}</yellow>`,
  green: (text) => `<green>${text}</green>`,
  cyan: (text) => `<cyan>${text}</cyan>`,
}
