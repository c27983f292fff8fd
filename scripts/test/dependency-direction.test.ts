import { describe, expect, test } from 'vitest'
import { directionViolations } from '../guards/dependency-direction.js'
import { packagesIn, readFiles } from '../workspace.js'

describe('dependencies point in one direction', () => {
  for (const { folder, manifest } of [...packagesIn('packages'), ...packagesIn('apps')]) {
    test(folder, () => {
      const sources = ['src', 'test'].flatMap((part) => readFiles(`${folder}/${part}`, ['.ts']))
      expect(directionViolations({ folder, manifest, sources })).toEqual([])
    })
  }
})

describe('the guard finds', () => {
  const violations = (
    folder: string,
    dependencies: Record<string, string>,
    text: string,
  ): string[] =>
    directionViolations({
      folder,
      manifest: { name: `@celadon/${folder.split('/')[1]}`, version: '0.0.0', dependencies },
      sources: [{ path: `${folder}/src/model.ts`, text }],
    })

  test('a sibling in package.json', () => {
    expect(violations('packages/router', { '@celadon/logplex': 'workspace:^' }, '')).toEqual([
      'packages/router/package.json must not depend on @celadon/logplex',
    ])
  })

  test('a sibling in an import, a type import, a re-export or a dynamic import', () => {
    for (const text of [
      `import { a } from '@celadon/router'`,
      `import type { A } from '@celadon/router'`,
      `export { a } from '@celadon/router/deep'`,
      `const a = await import('@celadon/router')`,
    ]) {
      expect(violations('packages/logplex', {}, text)).toEqual([
        'packages/logplex/src/model.ts must not import @celadon/router',
      ])
    }
  })

  test('an import that package.json does not declare', () => {
    expect(violations('packages/router', {}, `import '@celadon/kernel'`)).toEqual([
      'packages/router/src/model.ts imports @celadon/kernel, which packages/router/package.json does not declare',
    ])
    expect(
      violations('packages/router', { '@celadon/kernel': '' }, `import '@celadon/kernel'`),
    ).toEqual([])
  })

  test('a relative import that leaves the package', () => {
    expect(
      violations('packages/router', {}, `import '../../kernel/src/index.js'; import './a.js'`),
    ).toEqual(['packages/router/src/model.ts leaves its package by ../../kernel/src/index.js'])
  })

  test('a package that nobody gave a place', () => {
    expect(violations('packages/billing', {}, '')).toEqual([
      'packages/billing has no place in the order of packages',
    ])
  })
})
