import { describe, expect, test } from 'vitest'
import { createPlatform, type EndpointDescription, type RunResult } from '../../src/index.js'
import { tinyApp } from '../tiny-app.js'

/** Runs the tiny app with lines that its second endpoint prints, and returns these lines too. */
function run(prints: readonly string[]): { result: RunResult; lines: readonly string[] } {
  const { workload } = tinyApp()
  const endpoints = workload.endpoints.map(
    (endpoint, index): EndpointDescription => (index === 1 ? { ...endpoint, prints } : endpoint),
  )
  const platform = createPlatform(tinyApp({ workload: { ...workload, endpoints } }))
  let text = ''
  const firehose = platform.logplex.firehose((bytes) => {
    text += new TextDecoder().decode(bytes)
  })
  platform.advance(platform.durationMs)
  firehose.close()
  const lines = text.split('\n').filter((line) => /app\[web\.\d\]: (?!method=)/.test(line))
  return { result: platform.result(), lines }
}

describe('lines of the app', () => {
  test('are printed once per request of their endpoint, with what the placeholders stand for', () => {
    const { lines, result } = run([
      '{method} {path} by {dyno} in {service}ms after {queue}ms {"a":1}',
    ])
    const form =
      /^\S+ app\[(web\.\d)\]: POST \/orders by (web\.\d) in (\d+)ms after (\d+)ms \{"a":1\}$/
    const fields = lines.map((line) => form.exec(line))
    expect(fields).not.toContain(null)
    for (const field of fields) expect(field?.[1]).toBe(field?.[2])
    const share = lines.length / result.requests.served
    // A quarter of some 1200 requests: within five standard deviations.
    expect(Math.abs(share - 0.25)).toBeLessThan(5 * Math.sqrt((0.25 * 0.75) / 1000))
    const services = fields.map((field) => Number(field?.[3]))
    expect(Math.max(...services)).toBeLessThanOrEqual(Math.ceil(result.latency.service.max))
    expect(services.reduce((sum, ms) => sum + ms, 0) / services.length).toBeGreaterThan(50)
  })

  test('of metrics become part of the result', () => {
    const { result, lines } = run([
      'measure#checkout={service}ms count#orders=1 sample#queue={queue} source={dyno}',
    ])
    const parsed = lines.map((line) => {
      const [, ms, queue, source] =
        /measure#checkout=(\d+)ms count#orders=1 sample#queue=(\d+) source=(\S+)$/.exec(line) ?? []
      return { ms: Number(ms), queue: Number(queue), source }
    })
    const { custom } = result.metrics
    expect(custom.map(({ name, type, source }) => `${type} ${name} ${source}`)).toEqual([
      'measure checkout web.1',
      'measure checkout web.2',
      'count orders web.1',
      'count orders web.2',
      'sample queue web.1',
      'sample queue web.2',
    ])
    for (const source of ['web.1', 'web.2']) {
      const own = parsed.filter((line) => line.source === source)
      const of = (type: string) =>
        custom.find((metric) => metric.type === type && metric.source === source)
      const times = own.map(({ ms }) => ms).sort((a, b) => a - b)
      expect(of('measure')).toMatchObject({
        unit: 'ms',
        count: own.length,
        sum: times.reduce((sum, ms) => sum + ms, 0),
        min: times[0],
        max: times.at(-1),
      })
      const p95 = times[Math.ceil(0.95 * times.length) - 1] ?? 0
      expect(Math.abs((of('measure')?.p95 ?? 0) - p95)).toBeLessThanOrEqual(p95 / 256 + 0.001)
      expect(of('count')?.sum).toBe(own.length)
      expect(of('sample')?.last).toBe(own.at(-1)?.queue)
    }
  })

  test('do not change what else happens', () => {
    const { metrics: _, log: __, ...silent } = run([]).result
    const { metrics: ___, log, ...chatty } = run(['Checked out', 'Mailed']).result
    expect(chatty).toEqual(silent)
    expect(log.lines).toBeGreaterThan(0)
  })

  test('a placeholder that stands for nothing is refused', () => {
    expect(() => run(['took {services}ms'])).toThrow(
      'endpoint /orders prints {services}; accepted placeholders: dyno, method, path, queue, service',
    )
  })
})
