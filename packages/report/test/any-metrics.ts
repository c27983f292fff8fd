import type { Alert, CustomMetric, Metrics, MetricsView, ProcessMetrics } from '@celadon/platform'
import fc from 'fast-check'

const amount = fc.double({ min: 0, max: 1e6, noNaN: true }).map((value) => value + 0)
const anyNumber = fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((value) => value + 0)

const alert: fc.Arbitrary<Alert> = fc.record({
  type: fc.constantFrom('response-time', 'failed-requests'),
  threshold: amount,
  raisedAtMs: amount,
  endedAtMs: fc.option(amount),
  worst: amount,
  notifications: fc.nat(),
})

/** Any metrics that the types allow, likely or not. */
export function anyMetrics(name: fc.Arbitrary<string>): fc.Arbitrary<Metrics> {
  const custom: fc.Arbitrary<CustomMetric> = fc.record({
    name,
    type: fc.constantFrom('measure', 'count', 'sample'),
    source: name,
    unit: fc.constantFrom('', 'ms'),
    count: fc.nat(),
    sum: anyNumber,
    min: anyNumber,
    max: anyNumber,
    p50: anyNumber,
    p95: anyNumber,
    p99: anyNumber,
    last: anyNumber,
  })
  return fc.record({
    views: fc.array(anyView(name), { maxLength: 2 }),
    alerts: fc.array(alert, { maxLength: 2 }),
    custom: fc.array(custom, { maxLength: 2 }),
  })
}

function anyView(name: fc.Arbitrary<string>): fc.Arbitrary<MetricsView> {
  return fc.nat(3).chain((length) => {
    const lengths = { minLength: length, maxLength: length }
    const rates = fc.array(amount, lengths)
    const gaps = fc.array(fc.option(amount), lengths)
    const process: fc.Arbitrary<ProcessMetrics> = fc.record({
      quotaMb: amount,
      loadMean: gaps,
      loadMax: gaps,
      totalMeanMb: gaps,
      totalMaxMb: gaps,
      rssMeanMb: gaps,
      rssMaxMb: gaps,
      swapMeanMb: gaps,
      swapMaxMb: gaps,
    })
    const options = { noNullPrototype: true, maxKeys: 3 }
    return fc.record({
      window: fc.constantFrom('2h', '24h', '72h', '7d'),
      resolutionMs: fc.constant(60_000),
      startMs: amount,
      length: fc.constant(length),
      responseTime: fc.record({ p50: gaps, p95: gaps, p99: gaps, max: gaps }),
      throughput: fc.dictionary(fc.constantFrom('2xx', '5xx'), rates, options),
      errors: fc.dictionary(name, fc.array(fc.nat(), lengths), options),
      processes: fc.dictionary(name, process, options),
    })
  })
}
