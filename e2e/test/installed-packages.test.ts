// Each package on its own, in a project outside of the workspace that has nothing but the package
// and what its package.json asks for: imported by Node, type-checked by TypeScript, README run.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { readmeExample, runExample } from '../../scripts/readme-example.js'
import { type Manifest, ROOT } from '../../scripts/workspace.js'
import { install, packAll, removeFolder, temporaryFolder } from '../tarballs.js'

const folder = temporaryFolder()
const tarballs = packAll(folder)
afterAll(() => removeFolder(folder))

const TSC = join(ROOT, 'node_modules/typescript/bin/tsc')
const TSCONFIG = {
  compilerOptions: {
    module: 'nodenext',
    target: 'es2022',
    lib: ['es2023'],
    types: [],
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
    noEmit: true,
  },
  include: ['*.ts'],
}

/** `@celadon/addons`, `@celadon/addons/testing`: what can be imported from a package. */
function specifiers({ name, exports = {} }: Manifest): string[] {
  return Object.keys(exports)
    .filter((subpath) => subpath !== './package.json')
    .map((subpath) => name + subpath.slice(1))
}

const libraries = [...tarballs].filter(([, { manifest }]) => manifest.exports !== undefined)

describe.each(libraries)('%s', (name, { folder: source, manifest }) => {
  const project = join(folder, 'projects', name)
  mkdirSync(project, { recursive: true })
  writeFileSync(join(project, 'package.json'), '{ "private": true, "type": "module" }\n')
  install(name, project, tarballs)
  const readme = join(project, 'node_modules', name, 'README.md')
  const example = existsSync(readme) ? readmeExample(readFileSync(readme, 'utf8')) : null

  test('can be imported by Node', () => {
    const code = specifiers(manifest)
      .map((specifier) => `console.log(Object.keys(await import('${specifier}')).length > 0)`)
      .join('\n')
    expect(runExample(code, project)).toBe('true\n'.repeat(specifiers(manifest).length))
  })

  test('type-checks under nodenext with the declarations of its dependencies', () => {
    const imports = specifiers(manifest)
      .map((specifier, index) => `import * as entry${index} from '${specifier}'`)
      .join('\n')
    const uses = specifiers(manifest).map((_, index) => `entry${index}`)
    writeFileSync(
      join(project, 'use.ts'),
      `${imports}\nexport const entries: object[] = [${uses}]\n`,
    )
    writeFileSync(join(project, 'tsconfig.json'), JSON.stringify(TSCONFIG))
    const { stdout } = spawnSync(process.execPath, [TSC], {
      cwd: project,
      encoding: 'utf8',
    })
    expect(stdout).toBe('')
  })

  test('runs the example of its README', () => {
    if (example === null) throw new Error(`${source}/README.md has no example`)
    expect(runExample(example.code, project)).toBe(example.output)
  })
})
