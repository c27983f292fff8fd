import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createPlatform } from '../../src/index.js'
import { complaints, read, type Texts } from './sources.js'

/** A file that is right, to be damaged. */
const FILES: Required<Texts> = {
  procfile: 'web: bundle exec puma -w 2 -t 5\nworker: bundle exec rake jobs:work\n',
  appJson: JSON.stringify({
    name: 'shop',
    formation: { web: { quantity: 2, size: 'standard-1x' } },
    addons: ['heroku-postgresql:standard-0', { plan: 'heroku-redis', as: 'CACHE' }],
    env: { A: 'b', C: { value: 'd', required: false } },
  }),
  celadonYml: `
workload:
  trace: day.csv
  spikes: [{ at: "10:00", for: 5m, times: 3 }]
endpoints:
  - &home { path: /, service: { median: 60ms, p95: 250ms }, calls: { CACHE: 2 } }
  - path: /buy
    service: 90
    enqueues: { Mail: 0.5 }
jobs: [{ name: Mail, service: { mean: 1s } }]
events: [{ at: "11:00", scale: { web: 3 } }]
`,
  traces: { 'day.csv': 'time,requests\n00:00,50\n01:00,70\n' },
}

/** Replaces a part of a text by another one. */
function damaged(text: string): fc.Arbitrary<string> {
  const junk = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 8 }),
    fc.constantFrom('[', '{', '- ', ': ', '"', "'", '&a ', '*home', '!!', '---\n', '\t', '<<: '),
    fc.constantFrom('-1', '1e999', '.nan', 'null', '__proto__', 'constructor', '0x10', '~'),
  )
  return fc
    .tuple(fc.nat(text.length), fc.nat(6), junk)
    .map(([at, length, put]) => text.slice(0, at) + put + text.slice(at + length))
}

/** Bytes as the decoder of a program reads them. */
const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => String.fromCodePoint(...array))

describe('whatever stands in the files, it is refused in words or read', () => {
  test.each(['procfile', 'appJson', 'celadonYml'] as const)('%s of bytes', (file) => {
    fc.assert(
      fc.property(bytes, (text) => {
        complaints({ [file]: text })
      }),
      { numRuns: 500 },
    )
  })

  test.each(['procfile', 'appJson', 'celadonYml'] as const)('%s with a damaged place', (file) => {
    fc.assert(
      fc.property(damaged(FILES[file]), (text) => {
        complaints({ ...FILES, [file]: text })
      }),
      { numRuns: 500 },
    )
  })

  test('any JSON value as app.json and as celadon.yml', () => {
    const keys = fc.constantFrom(
      ...['workload', 'rate', 'at', 'per_second', 'endpoints', 'path', 'service', 'calls', 'jobs'],
      ...['formation', 'web', 'size', 'quantity', 'addons', 'env', 'events', 'scale', 'clock'],
      ...['__proto__', 'toString', ''],
    )
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom(null, true, 0, -1, 1e308, '', '07:00', '30s', 'web', '/'),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(keys, tie('value'), { maxKeys: 4 }),
      ),
    }))
    fc.assert(
      fc.property(value, value, (appJson, celadonYml) => {
        complaints({ appJson: JSON.stringify(appJson), celadonYml: JSON.stringify(celadonYml) })
      }),
      { numRuns: 500 },
    )
  })

  test('and what is read can run', () => {
    const files = fc.oneof(
      damaged(FILES.procfile).map((procfile) => ({ ...FILES, procfile })),
      damaged(FILES.appJson).map((appJson) => ({ ...FILES, appJson })),
      damaged(FILES.celadonYml).map((celadonYml) => ({ ...FILES, celadonYml })),
    )
    fc.assert(
      fc.property(files, (texts) => {
        if (complaints(texts).length === 0) createPlatform(read(texts)).advance(100)
      }),
      { numRuns: 500 },
    )
  })

  test('a trace with a damaged place', () => {
    fc.assert(
      fc.property(damaged(FILES.traces['day.csv'] ?? ''), (text) => {
        complaints({ ...FILES, traces: { 'day.csv': text } })
      }),
      { numRuns: 500 },
    )
  })

  test.each([
    ['brackets', '['.repeat(60_000)],
    ['dashes', '- '.repeat(60_000)],
    ['question marks', '? '.repeat(60_000)],
    ['steps', Array.from({ length: 500 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
    ['keys', Array.from({ length: 12_000 }, (_, index) => `k${index}: 1`).join('\n')],
    ['anchors', `a: &a [x]\n${'b: *a\n'.repeat(1000)}`],
    [
      'aliases of aliases',
      Array.from(
        { length: 9 },
        (_, i) => `a${i}: &a${i} [${`*a${i - 1},`.repeat(i === 0 ? 0 : 9)}]`,
      ).join('\n'),
    ],
    ['quotes', '"'.repeat(100_000)],
    ['colons', 'a: '.repeat(40_000)],
  ])('a hundred thousand characters of %s are refused in time', (_, celadonYml) => {
    const started = performance.now()
    expect(complaints({ celadonYml })).not.toEqual([])
    // Far above what it takes, far below what a quadratic reading of such a file would.
    expect(performance.now() - started).toBeLessThan(20_000)
  })
})
