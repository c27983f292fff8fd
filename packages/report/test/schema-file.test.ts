// The schema is published as a file for people and for editors. `pnpm test schema-file -u` writes it.
import { expect, test } from 'vitest'
import { resultSchema } from '../src/index.js'

test('docs/reference/result.schema.json is the schema of the JSON result', async () => {
  const text = `${JSON.stringify(resultSchema, null, 2)}\n`
  await expect(text).toMatchFileSnapshot('../../../docs/reference/result.schema.json')
})
