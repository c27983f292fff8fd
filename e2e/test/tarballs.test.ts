// What is published: the right files, and nothing that only makes sense in the workspace.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { importsOf } from '../../scripts/guards/dependency-direction.js'
import { ROOT } from '../../scripts/workspace.js'
import { packAll, removeFolder, temporaryFolder, unpack } from '../tarballs.js'

const folder = temporaryFolder()
const tarballs = packAll(folder)
afterAll(() => removeFolder(folder))

describe.each([...tarballs])('%s', (name, { path, manifest }) => {
  const content = join(folder, 'content', name)
  unpack(path, content)
  const files = readdirSync(content, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(content.length + 1))
  const read = (file: string): string => readFileSync(join(content, file), 'utf8')

  test('holds the build, README and licence, no sources', () => {
    expect(files).toEqual(expect.arrayContaining(['package.json', 'LICENSE', 'README.md']))
    const rest = files.filter((file) => !file.startsWith('dist/'))
    expect(rest.toSorted()).toEqual(
      ['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json'].filter((file) =>
        existsSync(join(content, file)),
      ),
    )
  })

  test('has a package.json without workspace protocols and source conditions', () => {
    expect(read('package.json')).not.toMatch(/workspace:|catalog:|@celadon\/source/)
  })

  test('has every file that its package.json names', () => {
    const targets = Object.values(manifest.exports ?? {}).flatMap((target) =>
      typeof target === 'string' ? [target] : Object.values(target),
    )
    const named = [...targets, ...Object.values(manifest.bin ?? {})]
    expect(named.length).toBeGreaterThan(0)
    expect(named.filter((target) => !existsSync(join(content, target)))).toEqual([])
  })

  test('declares types that come from itself and from Celadon only', () => {
    const foreign = files
      .filter((file) => file.endsWith('.d.ts'))
      .flatMap((file) => importsOf(read(file)))
      .filter((specifier) => !specifier.startsWith('.') && !specifier.startsWith('@celadon/'))
    expect(foreign).toEqual([])
  })

  test('names no folder of the machine on which it was built', () => {
    expect(files.filter((file) => read(file).includes(ROOT))).toEqual([])
  })
})
