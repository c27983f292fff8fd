import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatMetrics, parseMetrics } from '../../src/index.js'
import { metric } from './arbitraries.js'

const words = fc.array(
  fc.stringMatching(/^[a-z]{1,8}$/).filter((word) => !word.startsWith('source')),
)

describe('metrics in a text', () => {
  test('are found among other words, in their order, with the first source', () => {
    fc.assert(
      fc.property(fc.array(metric), fc.context(), words, (metrics, context, words) => {
        const texts = metrics.map((one) => formatMetrics({ source: null, metrics: [one] }))
        const text = ['source=web.1', ...texts].flatMap((each, index) => {
          const word = words[index]
          return word === undefined ? [each] : [word, each]
        })
        const line = [...text, 'source=other'].join(' ')
        context.log(line)
        const source = metrics.length === 0 ? null : 'web.1'
        expect(parseMetrics(line)).toEqual({ source, metrics })
      }),
    )
  })

  test('have kind, value, decimals and unit', () => {
    expect(
      parseMetrics('at=finish measure#db.latency=4ms count#orders=-1 sample#x=1.50GB'),
    ).toEqual({
      source: null,
      metrics: [
        { kind: 'measure', name: 'db.latency', value: 4, decimals: 0, unit: 'ms' },
        { kind: 'count', name: 'orders', value: -1, decimals: 0, unit: '' },
        { kind: 'sample', name: 'x', value: 1.5, decimals: 2, unit: 'GB' },
      ],
    })
  })

  test('of the older form are measures', () => {
    expect(parseMetrics('source=a measure.checkout=63ms').metrics).toEqual([
      { kind: 'measure', name: 'checkout', value: 63, decimals: 0, unit: 'ms' },
    ])
  })

  test('of no size are 0, whatever their sign', () => {
    const [metric] = parseMetrics('sample#x=-0.00').metrics
    expect(metric?.value).toBe(0)
  })

  test.each([
    'measure#x=',
    'measure#x=ms',
    'measure#x=1e3',
    'measure#x=1.',
    'measure#=1',
    'measures#x=1',
    'count.x=1 measure.x=',
    'sample#x',
    `sample#x=${'9'.repeat(22)}`,
  ])('are not in %s', (text) => {
    expect(parseMetrics(text).metrics).toEqual([])
  })
})
