import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { celadon, type Ended, folderWith, SMALL_APP } from './celadon.js'

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url))
const ACCEPTED =
  'Accepted: a folder that `celadon simulate --out` has written, a result of --json, or - for standard input'

/** Runs `celadon metrics -` with this on standard input. */
function metricsOf(input: string, args: readonly string[] = []): Promise<Ended> {
  const child = spawn(process.execPath, [MAIN, 'metrics', '-', ...args])
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk
  })
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk
  })
  // What it refuses it may not read to its end.
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  return new Promise((resolve) => {
    child.on('close', (code) => resolve({ code, stdout, stderr }))
  })
}

test('a folder, a file and standard input give the same charts', async () => {
  const folder = folderWith(SMALL_APP)
  const run = join(folder, 'run')
  const file = join(run, 'result.json')
  await celadon(['simulate', folder, '-q', '--out', run])
  const ends = await Promise.all([
    celadon(['metrics', run]),
    celadon(['metrics', file]),
    metricsOf(readFileSync(file, 'utf8')),
  ])
  const [first] = ends
  expect(ends).toEqual([first, first, first])
  expect(first).toMatchObject({ code: 0, stderr: '' })
  expect(first?.stdout).toContain('The last 2h, measured every 1 min.\n\nResponse time')
  expect(first?.stdout).toContain('web memory  █ mean up to ')
  expect(first?.stdout).toContain('┄ quota 512 MB\n')
})

test('the other formats are for programs', async () => {
  const folder = folderWith(SMALL_APP)
  const { stdout: json } = await celadon(['simulate', folder, '-q', '--json', '-'])
  const { metrics } = JSON.parse(json)
  const [all, one, text, both] = await Promise.all([
    metricsOf(json, ['--format', 'json']),
    metricsOf(json, ['--format', 'json', '--window', '24h']),
    metricsOf(json, ['--format', 'openmetrics']),
    metricsOf(json, ['--format', 'openmetrics', '--window', '2h']),
  ])
  expect(JSON.parse(all.stdout)).toEqual(metrics)
  expect(JSON.parse(one.stdout).views).toEqual([metrics.views[1]])
  expect(text.stdout).toContain('celadon_responses_total{app="small",status_class="2xx"}')
  expect(text.stdout).toMatch(/# EOF\n$/)
  expect(both.stderr).toBe(
    '--window goes with the formats charts and json; openmetrics has all views\n',
  )
  expect(both.code).toBe(2)
})

test('what is no result is told in words', async () => {
  const folder = folderWith({
    'app.log': 'a line\n',
    'old.json': '{"schemaVersion":1}',
    'run/a': '',
  })
  const failure = async (name: string) => {
    const { code, stdout, stderr } = await celadon(['metrics', join(folder, name)])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    return stderr.replaceAll(folder, '')
  }
  const [nowhere, run, log, old] = await Promise.all(
    ['nowhere', 'run', 'app.log', 'old.json'].map(failure),
  )
  expect(nowhere).toBe(`/nowhere: does not exist. ${ACCEPTED}\n`)
  expect(run).toBe(`/run/result.json: does not exist. ${ACCEPTED}\n`)
  expect(log).toMatch(/^\/app\.log: the text is not JSON; accepted: /)
  expect(old).toMatch(/^\/old\.json: app is missing; accepted: /)
  const empty = await metricsOf('')
  expect(empty.stderr).toMatch(/^standard input: the text is not JSON; accepted: /)
  expect(empty.code).toBe(2)
})
