import type { CustomMetric, RunResult } from '@celadon/platform'
import { type Family, gauge, type Point, quantiles, type Sample } from './family.js'

/**
 * What the app's own lines measured. Their units are the app's business, so they stand in a label,
 * and nothing is converted. Gauges all of them: the app may well have counted down.
 */
export function customFamilies({ app, metrics }: RunResult): Family[] {
  const at = (value: number): Point[] => [{ atMs: app.durationMs, value }]
  const samples = (
    type: CustomMetric['type'],
    write: (metric: CustomMetric, labels: Record<string, string>) => readonly Sample[],
  ): Sample[] =>
    metrics.custom
      .filter((metric) => metric.type === type)
      .flatMap((metric) => {
        const { name, source, unit } = metric
        return write(metric, { metric: name, source, unit })
      })
  return [
    {
      name: 'custom_measure',
      type: 'gauge',
      help: 'Quantiles of a measure# of the app over the whole run.',
      samples: samples('measure', ({ min, p50, p95, p99, max }, labels) =>
        quantiles(labels, [
          ['0.0', at(min)],
          ['0.5', at(p50)],
          ['0.95', at(p95)],
          ['0.99', at(p99)],
          ['1.0', at(max)],
        ]),
      ),
    },
    {
      name: 'custom_measure_lines',
      type: 'gauge',
      help: 'Lines that had a measure# of the app.',
      samples: samples('measure', ({ count }, labels) => gauge(labels, at(count))),
    },
    {
      name: 'custom_counted',
      type: 'gauge',
      help: 'Sum of a count# of the app over the whole run.',
      samples: samples('count', ({ sum }, labels) => gauge(labels, at(sum))),
    },
    {
      name: 'custom_sample',
      type: 'gauge',
      help: 'Last value of a sample# of the app.',
      samples: samples('sample', ({ last }, labels) => gauge(labels, at(last))),
    },
  ]
}
