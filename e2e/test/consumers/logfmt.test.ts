// Heroku's own parser reads router lines as ours does: the same keys, the same values.
import { describe, expect, test } from 'vitest'
import { GENERATIONS, type Generation } from '../../../packages/contracts/src/index.js'
import { parseRouterLine, type RouterLine } from '../../../packages/logplex/src/index.js'
import { shopLog } from '../../consumers/shop-log.js'
import { npmPackage, whyMissing } from '../../consumers/tools.js'

/** What logfmt finds: texts, `true` and `false`, and `null` for `key=`. */
type Fields = Readonly<Record<string, string | boolean | null | undefined>>

const EARLY = ['dyno', 'queue', 'wait', 'service', 'status', 'bytes']
const KEYED = ['method', 'path', 'host', 'fwd', 'dyno', 'connect', 'service', 'status', 'bytes']

/** Keys of a generation's lines; method, host and path have none in the first. */
const KEYS: Readonly<Record<Generation, readonly string[]>> = {
  'bamboo-2010': EARLY,
  'cedar-2012': [...EARLY, ...KEYED, 'code'],
  'common-runtime-2019': [...KEYED, 'code', 'request_id', 'protocol'],
  'router-2.0': [...KEYED, 'code', 'request_id', 'protocol', 'tls', 'tls_version'],
}

const missing = whyMissing('node_modules/logfmt')

describe.skipIf(missing !== '')(`logfmt ${missing}`.trim(), () => {
  test.each(GENERATIONS)('reads every router line of a run on %s', (generation) => {
    const { parse } = npmPackage('logfmt') as { readonly parse: (text: string) => Fields }
    const lines = shopLog(generation).lines.filter(({ process }) => process === 'router')
    const picked = (fields: Fields): Fields[string][] => KEYS[generation].map((key) => fields[key])
    expect(lines.length).toBeGreaterThan(1000)
    expect(lines.map(({ text }) => picked(fieldsOf(parseRouterLine(text), generation)))).toEqual(
      lines.map(({ text }) => picked(parse(text))),
    )
  })
})

/** The values of a line as they are printed. */
function fieldsOf(line: RouterLine | null, generation: Generation): Fields {
  if (line === null) return {}
  const text = (value: string | number | null): string | null =>
    value === '' || value === null ? null : String(value)
  const time = (ms: number | null): string | null => (ms === null ? null : `${ms}ms`)
  return {
    code: codeOf(line, generation),
    method: text(line.method),
    path: text(line.path),
    host: text(line.host),
    request_id: text(line.requestId),
    fwd: text(line.fwd),
    dyno: text(line.dyno),
    queue: text(line.queue),
    wait: time(line.waitMs),
    connect: time(line.connectMs),
    service: time(line.serviceMs),
    status: text(line.status),
    bytes: text(line.bytes),
    protocol: line.protocol,
    tls: line.tls,
    tls_version: line.tlsVersion,
  }
}

/** A line without an error has no code, and an H27 was called H18 at first. */
function codeOf({ code }: RouterLine, generation: Generation): string | undefined {
  if (code === '') return undefined
  return code === 'H27' && generation === 'cedar-2012' ? 'H18' : code
}
