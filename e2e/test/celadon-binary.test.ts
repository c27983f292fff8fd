// The command line as somebody gets it who installs the package `celadon`.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { ROOT } from '../../scripts/workspace.js'
import { install, packAll, removeFolder, temporaryFolder } from '../tarballs.js'

const folder = temporaryFolder()
const tarballs = packAll(folder)
afterAll(() => removeFolder(folder))

describe('the installed binary', () => {
  const project = join(folder, 'project')
  mkdirSync(project)
  install('celadon', project, tarballs)
  const manifest = tarballs.get('celadon')?.manifest
  const main = join(project, 'node_modules/celadon', Object.values(manifest?.bin ?? {})[0] ?? '')
  const celadon = (...args: string[]): ReturnType<typeof spawnSync> =>
    spawnSync(process.execPath, [main, ...args], { cwd: project, encoding: 'utf8' })

  test('tells its version', () => {
    expect(celadon('--version')).toMatchObject({ status: 0, stdout: `${manifest?.version}\n` })
  })

  test('simulates the example shop and writes what was asked for', () => {
    const files = ['shop.log', 'shop.json', 'shop.html']
    const [logs, json, report] = files.map((file) => join(project, file)) as [
      string,
      string,
      string,
    ]
    const shop = join(ROOT, 'examples/shop')
    const options = ['--logs', logs, '--json', json, '--report', report]
    expect(celadon('simulate', shop, ...options)).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/requests/i),
    })
    expect(readFileSync(logs, 'utf8')).toMatch(/ heroku\[router\]: at=info method=GET /)
    expect(JSON.parse(readFileSync(json, 'utf8'))).toMatchObject({ schemaVersion: 1 })
    expect(readFileSync(report, 'utf8')).toMatch(/^<!doctype html>/i)
  })
})
