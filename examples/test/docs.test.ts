import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const ROOT = new URL('../', import.meta.url)
const page = readFileSync(new URL('../docs/examples.md', ROOT), 'utf8')

const examples = ['routing', 'dynos'].flatMap((group) =>
  readdirSync(new URL(group, ROOT))
    .map((name) => `${group}/${name}`)
    .filter((path) => readFileSync(new URL(path, ROOT), 'utf8').includes('runAsProgram(')),
)

test.each(examples)('docs/examples.md shows what %s prints', (path) => {
  const [, after = ''] = page.split(`\nnode examples/${path}\n`)
  const [, table = ''] = /^```\n\n```text\n([\s\S]*?)```/.exec(after) ?? []
  expect(table).toMatch(/\d ± \d/)
})
