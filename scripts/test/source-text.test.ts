import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { packagesIn, ROOT, readFiles } from '../workspace.js'

const LINES_MAX = 400

describe(`no source file is longer than ${LINES_MAX} lines`, () => {
  for (const { folder } of [...packagesIn('packages'), ...packagesIn('apps')]) {
    test(folder, () => {
      const lengths = readFiles(`${folder}/src`, ['.ts', '.js', '.css']).map(({ path, text }) => ({
        path,
        lines: text.split('\n').length - 1,
      }))
      expect(lengths.filter(({ lines }) => lines > LINES_MAX)).toEqual([])
    })
  }
})

test('the lockfile names no host and no tarball, so every registry can serve it', () => {
  const lines = readFileSync(join(ROOT, 'pnpm-lock.yaml'), 'utf8').split('\n')
  expect(
    lines.filter((line) => /https?:|tarball:|\b(localhost|127\.0\.0\.1)\b/.test(line)),
  ).toEqual([])
})

/** Folders that exist on one machine only. Written in parts, so that this file does not name one. */
const MACHINE_PATHS = new RegExp(
  `(?<![\\w.~@/-])/(${['work', 'root', 'home', 'Users'].join('|')})/`,
)

describe('files of the repository', () => {
  // A downloaded archive has no list of its files; a clone does.
  const listed = existsSync(join(ROOT, '.git'))
  test.runIf(listed)('name no folder of the machine on which they were written', () => {
    const offenders = repositoryFiles().flatMap(({ path, lines }) =>
      lines.flatMap((line, index) =>
        MACHINE_PATHS.test(line) ? [`${path}:${index + 1} ${line.trim().slice(0, 120)}`] : [],
      ),
    )
    expect(offenders).toEqual([])
  })

  test('the pattern tells a folder from a URL', () => {
    const folder = (name: string): string => ['', name, 'main'].join('/')
    expect(MACHINE_PATHS.test(`cd ${folder('work')}`)).toBe(true)
    expect(MACHINE_PATHS.test(`"${folder('root')}"`)).toBe(true)
    expect(MACHINE_PATHS.test(`https://example.com${folder('work')}`)).toBe(false)
    expect(MACHINE_PATHS.test(`src${folder('work')}`)).toBe(false)
  })
})

function repositoryFiles(): { path: string; lines: string[] }[] {
  const listing = execFileSync(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
    { cwd: ROOT, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  )
  return listing
    .split('\0')
    .filter((path) => path !== '' && existsSync(join(ROOT, path)))
    .filter((path) => statSync(join(ROOT, path)).isFile())
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }))
    .filter(({ text }) => !text.includes('\0'))
    .map(({ path, text }) => ({ path, lines: text.split('\n') }))
}
