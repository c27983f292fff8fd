// The schema is published as a file for editors. `pnpm test schema-file -u` writes it.
import { expect, test } from 'vitest'
import { celadonYmlSchema } from '../../src/files/index.js'

test('docs/reference/celadon-yml.schema.json is the schema of celadon.yml', async () => {
  const text = `${JSON.stringify(celadonYmlSchema, null, 2)}\n`
  await expect(text).toMatchFileSnapshot('../../../../docs/reference/celadon-yml.schema.json')
})
