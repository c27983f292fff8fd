import type { Generation } from '@celadon/contracts'
import fc from 'fast-check'
import type { FormationEntry, LogMessage, Metric } from '../../src/index.js'

/** A message with the source and process that it comes from. */
export interface Sent {
  readonly source: string
  readonly process: string
  readonly message: LogMessage
}

/** Generations in which `by` stood before a user, and a scaling told no sizes. */
export function isEarly(generation: Generation): boolean {
  return generation === 'bamboo-2010' || generation === 'cedar-2012'
}

/** Something without white space. */
const word = fc.stringMatching(/^[A-Za-z0-9@.:/_~$é-]{1,20}$/)
const perhapsWord = fc.option(word)
const email = word.map((name) => `${name}@example.com`)
/** Anything that stands in one line, and what looks like parts of texts. */
const anything = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom('', ' ', ' by user a@example.com', '`', '(x) -> y', '5.', ']: ', 'ends"'),
)
/** Anything that cannot end what stands in quotes. */
const quoted = anything.map((text) => text.replaceAll('"', ''))
const whole = fc.nat(999_999_999_999)
const dyno = fc
  .tuple(fc.constantFrom('web', 'worker', 'run', 'scheduler', 'my-type'), fc.nat(9999))
  .map(([type, number]) => `${type}.${number}`)

/** A number as it is read back when it was printed with so many decimals. */
function printed(decimals: number): fc.Arbitrary<number> {
  return fc
    .integer({ min: 0, max: 10 ** 12 - 1 })
    .map((digits) => Number((digits / 10 ** decimals).toFixed(decimals)))
}

/** Values that can be printed in plain decimals: below 1e21. */
const quantity = fc.nat(20).chain((decimals) =>
  fc
    .oneof(
      fc.double({ min: -1e20, max: 1e20, noNaN: true }),
      fc.double({ min: -1, max: 1, noNaN: true }),
      fc.integer(),
    )
    .map((value) => {
      const read = Number(value.toFixed(decimals))
      return { value: read === 0 ? 0 : read, decimals }
    }),
)
const unit = fc.constantFrom('', 'ms', 's', 'MB', 'kB', 'bytes', 'pages', '%')
const metricName = fc.stringMatching(/^[a-z][a-z0-9._#-]{0,15}$/)

function metricOf(kind: fc.Arbitrary<Metric['kind']>): fc.Arbitrary<Metric> {
  return fc
    .tuple(kind, metricName, quantity, unit)
    .map(([kind, name, number, unit]) => ({ kind, name, ...number, unit }))
}

const sample = metricOf(fc.constant('sample'))
const samples = fc.array(sample, { minLength: 1, maxLength: 15 })

/** Any metric. */
export const metric: fc.Arbitrary<Metric> = metricOf(fc.constantFrom('sample', 'measure', 'count'))

function sent(
  source: string,
  process: fc.Arbitrary<string>,
  message: fc.Arbitrary<LogMessage>,
): fc.Arbitrary<Sent> {
  return fc.record({ source: fc.constant(source), process, message })
}

function type<Type extends string>(name: Type): fc.Arbitrary<Type> {
  return fc.constant(name)
}

export const dynoLife: fc.Arbitrary<Sent> = sent(
  'heroku',
  dyno,
  fc.oneof(
    fc.record({ type: type('state-change'), from: word, to: word }),
    fc.record({ type: type('process-start'), command: anything }),
    fc.record({
      type: type('process-exit'),
      status: fc.option(fc.nat(255)),
    }),
    fc.record({
      type: type('process-stop'),
      processes: fc.constantFrom('one' as const, 'all' as const, 'remaining' as const),
      signal: fc.constantFrom('SIGTERM', 'SIGKILL', 'SIGHUP'),
    }),
    fc.record({
      type: type('dyno-action'),
      action: fc.constantFrom(
        ...(['restart', 'cycle', 'idle', 'unidle', 'relocate', 'await-client'] as const),
      ),
    }),
  ),
)

export const dynoFaults: fc.Arbitrary<Sent> = sent(
  'heroku',
  dyno,
  fc.oneof(
    fc.record({
      type: type('dyno-error'),
      code: fc.nat(99).map((number) => `R${number}`),
      name: anything.map((text) => text.replaceAll(')', '')),
      detail: fc.option(anything),
    }),
    fc.record({ type: type('memory-in-use'), memoryMb: whole, percent: printed(1) }),
  ),
)

export const logging: fc.Arbitrary<Sent> = fc.oneof(
  ...(['logplex', 'log-shuttle'] as const).map((process) =>
    sent(
      process === 'logplex' ? 'heroku' : 'app',
      fc.constant(process),
      fc.oneof(
        fc.record({
          type: type('log-loss'),
          code: fc.constantFrom(...(['L10', 'L11', 'L12', 'L13'] as const)),
          messages: whole,
          since: word.filter((stamp) => !stamp.endsWith('.')),
        }),
        fc.record({ type: type('certificate-error'), error: quoted, uri: quoted }),
        fc.record({
          type: type('logging-error'),
          code: fc.constantFrom('L15', 'L20', 'L99'),
          name: anything.map((text) => text.replaceAll(')', '')),
          detail: fc.option(anything),
        }),
      ),
    ),
  ),
)

const process = fc.stringMatching(/^[a-z][a-z0-9_:-]{0,9}$/)
const size = fc.constantFrom('Free', 'Standard-1X', 'Performance-L', null)

function formationOf(generation: Generation): fc.Arbitrary<readonly FormationEntry[]> {
  const entry = fc.record({
    process,
    quantity: fc.nat(999),
    size: isEarly(generation) ? fc.constant(null) : size,
  })
  return fc.array(entry, { minLength: 1, maxLength: 4 })
}

const configVar = fc.stringMatching(/^[A-Z][A-Z0-9_]{0,15}$/)

/** What nobody would take for another message. */
const action = fc.constantFrom(
  'Enable Logplex',
  'Initial release',
  'Attach DATABASE (@ref:postgresql-flat-1)',
  '@ref:postgresql-flat-1 completed provisioning, setting DATABASE_URL.',
  'Deployed web (1f3a9c2b8a)',
  '',
)

/** What the API writes; sizes in a formation are told by the generations since 2016 only. */
export function api(generation: Generation): fc.Arbitrary<Sent> {
  const early = isEarly(generation)
  const version = whole
  const user = email
  return sent(
    early ? 'heroku' : 'app',
    early ? fc.constantFrom('api', 'slugc', 'slug-compiler') : fc.constant('api'),
    fc.oneof(
      fc.record({ type: type('deploy'), description: anything, user }),
      fc.record({ type: type('release'), version, user }),
      fc.record({ type: type('release-command'), version, user }),
      fc.record({ type: type('rollback'), version, user }),
      fc.record({ type: type('scale'), formation: formationOf(generation), user }),
      fc.record({
        type: type('config-vars'),
        change: fc.constantFrom('set' as const, 'remove' as const),
        names: fc.array(configVar, { minLength: 1, maxLength: 4 }),
        user,
      }),
      fc.record({ type: type('maintenance'), on: fc.boolean(), user }),
      fc.record({ type: type('one-off-start'), command: anything, user }),
      fc.record({ type: type('build-start'), user }),
      fc.record({ type: type('build-success') }),
      fc.record({ type: type('build-failure'), output: fc.option(anything) }),
      fc.record({
        type: type('slug-compilation'),
        status: fc.constantFrom('started', 'finished', 'failed'),
      }),
      fc.record({ type: type('api-action'), action, user }),
    ),
  )
}

const life = fc.uuid()

/** A message with one sample is written in the form of the labs feature by the early generations. */
export const runtimeMetrics: fc.Arbitrary<Sent> = sent(
  'heroku',
  dyno,
  fc.record({
    type: type('runtime-metrics'),
    process: dyno,
    app: fc.nat(99_999_999).map(String),
    life,
    samples: fc.oneof(
      samples,
      sample.map((only) => [only]),
    ),
  }),
)

export const addOnMetrics: fc.Arbitrary<Sent> = sent(
  'app',
  fc.constantFrom('heroku-postgres', 'heroku-redis', 'heroku-kafka'),
  fc.record({
    type: type('add-on-metrics'),
    source: configVar,
    addOn: perhapsWord,
    samples,
  }),
)

const prefix = fc.constantFrom(
  '[DATABASE] [7-1]  sql_error_code = 00000',
  '[12-1] u8abc [BRONZE]',
  '[2-1] 2011-11-09 10:32:07 UTC dabc',
)
const level = fc.constantFrom('LOG', 'ERROR', 'FATAL', 'WARNING', 'STATEMENT', 'DETAIL')

export const postgres: fc.Arbitrary<Sent> = sent(
  'app',
  fc.constantFrom('postgres', 'postgres.13761', 'heroku-postgres'),
  fc.oneof(
    fc.record({ type: type('postgres-log'), prefix, level, text: anything }),
    fc.record({
      type: type('postgres-statement'),
      prefix,
      durationMs: printed(3),
      statement: anything,
    }),
    fc.record({
      type: type('postgres-continuation'),
      prefix: fc.constantFrom('[DATABASE] [7-2]', '[12-10]'),
      text: anything,
    }),
  ),
)

const method = fc.constantFrom('GET', 'POST', 'HEAD', 'DELETE')
const path = fc.webPath().map((rest) => `/${rest}`)
const status = fc.integer({ min: 100, max: 599 })

export const nginx: fc.Arbitrary<Sent> = sent(
  'heroku',
  fc.constant('nginx'),
  fc.oneof(
    fc.record({
      type: type('nginx-request'),
      method,
      path,
      protocol: fc.constantFrom('HTTP/1.0', 'HTTP/1.1'),
      address: fc.ipV4(),
      bytes: whole,
      scheme: fc.constantFrom('http', 'https'),
      status,
    }),
    fc.record({
      type: type('nginx-combined'),
      address: fc.ipV4(),
      user: fc.constantFrom('-', 'ann'),
      at: fc.constant('06/Jun/2012:16:40:26 +0000'),
      method,
      path,
      protocol: fc.constantFrom('HTTP/1.0', 'HTTP/1.1'),
      status,
      bytes: whole,
      referrer: quoted,
      userAgent: quoted,
      host: fc.domain(),
    }),
  ),
)

/** Paths have no query: the app's line leaves it out. */
export const appRequest: fc.Arbitrary<Sent> = sent(
  'app',
  dyno,
  fc.record({
    type: type('app-request'),
    line: fc.record({
      method,
      path,
      status,
      durationMs: printed(2),
      error: fc.option(anything),
    }),
    details: fc
      .uniqueArray(fc.tuple(fc.constantFrom('controller', 'action', 'view', 'db', 'user'), word), {
        selector: ([name]) => name,
      })
      .map((details) => [...details]),
  }),
)

export const rails: fc.Arbitrary<Sent> = sent(
  'app',
  dyno,
  fc.oneof(
    fc.record({ type: type('rails-start'), method, path, address: fc.ipV4(), at: anything }),
    fc.record({
      type: type('rails-completion'),
      status,
      reason: fc.constantFrom('OK', 'Not Found', 'Internal Server Error'),
      durationMs: whole,
      details: fc.option(anything),
    }),
  ),
)

export const metrics: fc.Arbitrary<Sent> = sent(
  'app',
  dyno,
  fc.record({
    type: type('metrics'),
    source: perhapsWord,
    metrics: fc.array(metric, { minLength: 1, maxLength: 5 }),
  }),
)

/** Words of no form. */
export const text: fc.Arbitrary<Sent> = sent(
  'app',
  dyno,
  fc.record({ type: type('text'), text: anything }),
)
