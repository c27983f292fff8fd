import { chmodSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { celadon, folderWith, SMALL_APP } from './celadon.js'
import { unprivileged } from './nobody.js'

const FULL = '/dev/full'

const nobody = await unprivileged()

describe('what cannot be written is told before the run', () => {
  test('an output in a folder that does not exist', async () => {
    const folder = folderWith(SMALL_APP)
    const path = join(folder, 'nowhere', 'a.json')
    const { code, stdout, stderr } = await celadon(['simulate', folder, '--json', path])
    expect(stderr).toBe(`--json ${path}: the folder ${join(folder, 'nowhere')} does not exist\n`)
    expect(stdout).toBe('')
    expect(code).toBe(2)
  })

  test('an output that is a folder', async () => {
    const folder = folderWith(SMALL_APP)
    const { code, stderr } = await celadon(['simulate', folder, '--report', folder])
    expect(stderr).toBe(`--report ${folder}: is a folder; a file is needed\n`)
    expect(code).toBe(2)
  })

  test('a folder that may not be written to', async (context) => {
    if (nobody.skipReason !== '') context.skip(nobody.skipReason)
    const folder = folderWith(SMALL_APP)
    chmodSync(folder, 0o555)
    const path = join(folder, 'a.log')
    const { code, stderr } = await celadon(['simulate', folder, '--logs', path], nobody)
    expect(stderr).toBe(`--logs ${path}: cannot be written: permission denied\n`)
    expect(code).toBe(2)
  })

  test('two outputs in one file, or on standard output', async () => {
    const folder = folderWith(SMALL_APP)
    const path = join(folder, 'out')
    const files = await celadon(['simulate', folder, '--logs', path, '--json', path])
    expect(files.stderr).toBe(`--json ${path}: would overwrite the output of --logs\n`)
    const streams = await celadon(['simulate', folder, '--logs', '-', '--json', '-'])
    expect(streams.stderr).toBe('--json -: would overwrite the output of --logs\n')
    expect([files.code, streams.code]).toEqual([2, 2])
  })

  test('an output that would overwrite an input', async () => {
    const folder = folderWith(SMALL_APP)
    const path = join(folder, 'app.json')
    const { code, stderr } = await celadon(['simulate', folder, '--json', path])
    expect(stderr).toBe(`--json ${path}: would overwrite ${path}, which is read\n`)
    expect(readFileSync(path, 'utf8')).toBe(SMALL_APP['app.json'])
    expect(code).toBe(2)
  })

  test('an output that would overwrite the trace', async () => {
    const trace = 'time,requests\n0,60\n60,60\n'
    const celadonYml = 'workload: { trace: day.csv }\n'
    const folder = folderWith({ ...SMALL_APP, 'celadon.yml': celadonYml, 'day.csv': trace })
    const path = join(folder, 'day.csv')
    const { stderr } = await celadon(['simulate', folder, '--logs', path])
    expect(stderr).toBe(`--logs ${path}: would overwrite ${path}, which is read\n`)
    expect(readFileSync(path, 'utf8')).toBe(trace)
  })

  test('wrong input leaves an output as it was', async () => {
    const folder = folderWith({ ...SMALL_APP, 'app.json': '{', 'old.json': 'precious' })
    const path = join(folder, 'old.json')
    expect((await celadon(['simulate', folder, '--json', path])).code).toBe(2)
    expect(readFileSync(path, 'utf8')).toBe('precious')
  })
})

// Only Linux has a file that takes no byte.
describe.skipIf(!existsSync(FULL))('a disk that gets full is told, with exit code 2', () => {
  test.each(['--logs', '--json', '--report'])('%s on a full disk', async (option) => {
    const folder = folderWith(SMALL_APP)
    const { code, stdout, stderr } = await celadon(['simulate', folder, option, FULL])
    expect(stderr).toContain('/dev/full: cannot be written: no space left on the disk\n')
    expect(stderr).not.toContain('    at ')
    expect(stdout).toContain('requests............:')
    expect(code).toBe(2)
  })

  test.each([
    ['the summary', []],
    ['data', ['--json', '-']],
    ['the log', ['--logs', '-']],
  ] as const)('%s on standard output that is full', async (_, args) => {
    const folder = folderWith(SMALL_APP)
    const { code, stderr } = await celadon(['simulate', folder, ...args], { stdoutFile: FULL })
    expect(stderr).toContain('standard output: cannot be written: no space left on the disk\n')
    expect(stderr).not.toContain('    at ')
    expect(code).toBe(2)
  })
})
