import type { ChartPage } from '../../src/index.js'

/** Two charts: logarithmic with whiskers, a gap and a zero; over time with bands and a mark. */
export function examplePage(): ChartPage {
  return {
    title: 'Random routing against a shared queue',
    note: 'Ten replications with common random numbers.',
    charts: [
      {
        title: 'Wait',
        x: { label: 'dynos', unit: 'count', scale: 'log' },
        y: { label: 'mean wait', unit: 'duration', scale: 'log', min: 1 },
        intervals: 'whiskers',
        series: [
          {
            label: 'random',
            points: [
              { x: 10, y: 420, low: 42, high: 4200 },
              { x: 100, y: 630, low: 600, high: 660 },
              { x: 4000, y: 9.6, low: 9, high: 10.2 },
            ],
          },
          {
            label: 'shared queue',
            points: [
              { x: 10, y: 30, low: 25, high: 35 },
              { x: 50, y: 2.3, low: 1.9, high: 2.7 },
              { x: 100, y: 0, low: 0, high: 0 },
              { x: 1000, y: null },
              { x: 4000, y: 0, low: 0, high: 0 },
            ],
          },
        ],
      },
      {
        title: 'Goodput',
        x: { label: 'time', unit: 'duration' },
        y: { label: 'served', unit: 'rate' },
        marks: [{ x: 60_000, label: 'overload' }],
        series: [
          {
            label: 'without retries',
            points: Array.from({ length: 60 }, (_, index) => ({
              x: index * 5_000,
              y: 40 - index / 2,
              low: 38 - index / 2,
              high: 42 - index / 2,
            })),
          },
          { label: 'one figure', points: [{ x: 2_500, y: 12 }] },
        ],
      },
    ],
    assumptions: ['Dynos serve one request at a time.'],
  }
}
