import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { entryPoints, listViolations, undocumentedExports } from '../guards/public-api.js'
import { packagesIn, ROOT, readFiles } from '../workspace.js'

const packages = packagesIn('packages')
const entries = packages.flatMap(entryPoints)

test('every package has its entry points', () => {
  expect(packages.filter((each) => entryPoints(each).length === 0)).toEqual([])
  expect(entries.filter((entry) => !existsSync(join(ROOT, entry)))).toEqual([])
})

describe('every exported name has a doc comment', () => {
  const present = entries.filter((entry) => existsSync(join(ROOT, entry)))
  const undocumented = undocumentedExports(present)
  test.each(present)('%s', (entry) => {
    expect(undocumented.filter((line) => line.startsWith(`${entry} `))).toEqual([])
  })
})

describe('an index is a list of names', () => {
  for (const { folder } of packages) {
    test(folder, () => {
      const index = readFiles(`${folder}/src`, ['index.ts'])
      expect(index.flatMap(listViolations)).toEqual([])
    })
  }
})

describe('the guard', () => {
  test.each([
    `export * from './router.js'`,
    `export * as router from './router.js'`,
    `export const limit = 3`,
    `import './side-effect.js'`,
    `const a = 1\nexport { a }`,
  ])('rejects %j', (text) => {
    expect(listViolations({ path: 'src/index.ts', text })).not.toEqual([])
  })

  test('accepts lists of values and types', () => {
    const text = `export { a } from './a.js'\n\nexport type { B } from './b.js'`
    expect(listViolations({ path: 'src/index.ts', text })).toEqual([])
  })

  test('finds a name without a doc comment', () => {
    const folder = mkdtempSync(join(tmpdir(), 'celadon-'))
    const entry = join(folder, 'model.ts')
    writeFileSync(entry, '/** Has one. */\nexport const a = 1\n\nexport const b = 2\n')
    expect(undocumentedExports([entry])).toEqual([`${entry} b`])
    rmSync(folder, { recursive: true })
  })
})
