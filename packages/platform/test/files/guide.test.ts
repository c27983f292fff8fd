import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { celadonYmlSchema } from '../../src/files/index.js'
import { complaints, read } from './sources.js'

const GUIDE = readFileSync(
  new URL('../../../../docs/guides/celadon-yml.md', import.meta.url),
  'utf8',
)
const EXAMPLE = /```yaml\n([\s\S]*?)```/.exec(GUIDE)?.[1] ?? ''

const REST = {
  procfile: 'web: puma\nworker: rake jobs:work\nclock: clockwork lib/clock.rb\n',
  appJson: '{ "addons": ["heroku-postgresql", "heroku-redis", "scheduler"] }',
}

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
}

/** Names of all properties in a schema, at any depth. */
function keysOf({ properties = {}, items = {}, anyOf = [] }: Schema): readonly string[] {
  const inner = [...Object.values(properties), items, ...anyOf].filter(
    (schema) => Object.keys(schema).length > 0,
  )
  return [...Object.keys(properties), ...inner.flatMap(keysOf)]
}

describe('the guide to celadon.yml', () => {
  test('has an example that is read without a complaint', () => {
    expect(complaints({ ...REST, celadonYml: EXAMPLE })).toEqual([])
    expect(read({ ...REST, celadonYml: EXAMPLE })).toMatchObject({
      seed: '7',
      durationMs: 86_400_000,
      workload: { endpoints: [{ path: '/products' }, { path: '/orders', method: 'POST' }] },
    })
  })

  test('names every key that the JSON Schema accepts', () => {
    const keys = keysOf(celadonYmlSchema)
    expect(keys).toContain('per_minute')
    expect(keys).toContain('failure_rate')
    for (const key of new Set(keys)) expect(GUIDE).toMatch(new RegExp(`\\b${key}\\b`))
  })
})
