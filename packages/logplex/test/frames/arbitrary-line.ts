import fc from 'fast-check'
import type { LogLine } from '../../src/index.js'

/** 1900 to 2100, in microseconds. */
const atMicros = fc.integer({ min: -2_208_988_800_000_000, max: 4_102_444_800_000_000 })

const dyno = fc
  .tuple(fc.constantFrom('web', 'worker', 'run', 'scheduler', 'my-type'), fc.nat(9999))
  .map(([type, number]) => `${type}.${number}`)

const process = fc.oneof(
  dyno,
  fc.constantFrom('router', 'api', 'logplex', 'nginx', 'heroku-postgres', 'log-shuttle'),
)

/** Any Unicode without line breaks, and texts that look like frames. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }).map((any) => any.replaceAll('\n', ' ')),
  fc.constantFrom(
    '',
    ' ',
    '-',
    '- ',
    '- -',
    '[a b="c"] d',
    '12 <190>1 x',
    '\u{feff}bom',
    'tab\t\r',
  ),
)

/** A line with a process as Heroku names them. */
export const line: fc.Arbitrary<LogLine> = fc.record({
  atMicros,
  source: fc.constantFrom('app', 'heroku'),
  process,
  text,
})

/** A line whose process may be anything. */
export const oddLine: fc.Arbitrary<LogLine> = fc.record({
  atMicros,
  source: fc.constantFrom('app', 'heroku'),
  process: fc.string({ unit: 'binary', maxLength: 200 }),
  text,
})
