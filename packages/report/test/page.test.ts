import { expect, test } from 'vitest'
import { renderReport } from '../src/index.js'
import { exampleDay } from './example-day.js'
import { quietRun } from './quiet-run.js'

test('needs nothing from outside the file', () => {
  const page = renderReport(exampleDay())
  const withoutComments = page.replace(/\/\*[\s\S]*?\*\//g, '')
  expect(withoutComments).not.toMatch(/https?:\/\//)
  expect(withoutComments).not.toMatch(/\b(src|srcset|href|action)="(?!data:)/)
  expect(withoutComments).not.toMatch(/@import|url\(/)
  expect(page).toContain(`content="default-src 'none'; `)
})

test('is smaller than 600 kB with 30 lines of a day', () => {
  const { series, ...day } = exampleDay()
  const columns = Object.fromEntries(
    Array.from({ length: 10 }, (_, type) => [
      `type${type}`,
      series.arrivalsPerSecond.map((value, minute) => (value * (type + 1 + (minute % 7))) / 3),
    ]),
  )
  const large = { ...series, dynosUp: columns, memoryMb: columns, utilization: columns }
  expect(renderReport({ ...day, series: large }).length).toBeLessThan(600_000)
})

test('is the same, byte for byte, for the same result', () => {
  expect(renderReport(structuredClone(exampleDay()))).toBe(renderReport(exampleDay()))
})

test('keeps performance and scalability apart, in words', () => {
  const text = textOf(renderReport(exampleDay()))
  expect(text).toContain(
    'Performance is how fast one request is served. Once a process had taken it up, half of the requests were through in 63\u00a0ms; one in twenty took longer than 212\u00a0ms.',
  )
  expect(text).toContain(
    'Scalability is how many are served well. 98.97 % of the requests were served, 31.6/s on average; one in twenty waited longer than 38\u00a0ms for a process, one in a hundred longer than 9.40\u00a0s, and up to 3.45\u00a0k were seen waiting at once.',
  )
})

test.each([
  [0.3, 0.4, 'hardly any had to wait for a process'],
  [
    0.3,
    2600,
    'nineteen in twenty did not have to wait for a process, one in a hundred longer than 2.60\u00a0s',
  ],
])('says how long requests waited: p95 %d ms, p99 %d ms', (p95, p99, words) => {
  const { latency, ...day } = exampleDay()
  const queue = { ...latency.queue, p95, p99 }
  expect(textOf(renderReport({ ...day, latency: { ...latency, queue } }))).toContain(words)
})

test('tells what users came to, where they try again or wait', () => {
  const latency = { count: 9, mean: 300, p50: 68, p95: 1234, p99: 9870, max: 30_000 }
  const done = { asks: 1000, attempts: 1200, succeeded: 980, failed: 15, open: 5 }
  const clients = { ...done, denied: 7, wasted: 3, latency }
  const text = textOf(renderReport({ ...exampleDay(), clients }))
  expect(text).toContain('users 9 300 ms 68 ms 1.23 s 9.87 s 30.0 s')
  expect(text).toContain('asks 1.00 k succeeded 980 given up 15 under way at the end 5')
  expect(text).toContain('requests made for them 1.20 k retries that the budget denied 7')
  expect(textOf(renderReport(exampleDay()))).not.toContain('What users wanted')
})

test('explains error codes', () => {
  const text = textOf(renderReport(exampleDay()))
  expect(text).toContain('H12 28.3 k router Request timeout no first byte within 30 seconds app')
  expect(text).toContain('R14 214 worker Memory quota exceeded')
})

test('shows a code that the tables do not know', () => {
  const { requests, ...day } = exampleDay()
  const text = textOf(renderReport({ ...day, requests: { ...requests, byCode: { H98: 5 } } }))
  expect(text).toContain('H98 5 router')
})

test('tells what happened, by the clock', () => {
  expect(textOf(renderReport(exampleDay()))).toContain(
    '15:00:00 release v5 Deploy 1f3a9c2 17:20:00 crash web.3 crashed 17:21:24 restart web.3 up',
  )
})

test('cuts a long list of events and says so', () => {
  const marks = Array.from({ length: 130 }, (_, index) => ({
    atMs: index * 1000,
    type: 'restart' as const,
    label: `web.${index} cycled`,
  }))
  const page = renderReport({ ...exampleDay(), marks })
  const text = textOf(page)
  expect(text).toContain('00:01:39 restart web.99 cycled 30 later events are left out here.')
})

test('leaves out what there is nothing to say about', () => {
  const text = textOf(renderReport(quietRun()))
  expect(text).toContain('The run was too short for a time series.')
  expect(text).toContain('No process took up a request, so no service time was measured.')
  expect(text).toContain('No request ended, so nothing can be said about it.')
  expect(text).toContain('No H-code and no R-code occurred.')
  for (const heading of ['Processes', 'Jobs', 'Add-ons', 'Events']) {
    expect(renderReport(quietRun())).not.toContain(`<h2>${heading}</h2>`)
  }
})

test('has no chart of memory when only the quotas are known', () => {
  const { series, ...day } = exampleDay()
  const page = renderReport({ ...day, series: { ...series, memoryMb: {} } })
  expect(page).toContain('id="figure-dynos"')
  expect(page).not.toContain('id="figure-memory"')
})

test('gives every table a caption and every chart a description', () => {
  const page = renderReport(exampleDay())
  const count = (part: string) => page.split(part).length - 1
  expect(count('<table>')).toBeGreaterThan(15)
  expect(count('<caption>')).toBe(count('<table>'))
  expect(count('<figure ')).toBe(9)
  expect(count('data-summary="')).toBe(9)
  expect(page).toContain('data-summary="Dynos up, by process type: web 4 to 8; worker 0 to 2;')
})

/** What a reader sees of the page before its script has run. */
function textOf(page: string): string {
  return page
    .replace(/<(script|style)\b[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/[ \n]+/g, ' ')
    .replaceAll(' .', '.')
}
