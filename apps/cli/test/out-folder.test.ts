import { chmodSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createPlatform } from '@celadon/platform'
import { readApp } from '@celadon/platform/files'
import { createRequestTable, createSampleTable, openMetrics } from '@celadon/report'
import { describe, expect, test } from 'vitest'
import { celadon, folderWith, SMALL_APP } from './celadon.js'
import { unprivileged } from './nobody.js'

const FILES = [
  'app.log',
  'metrics.txt',
  'report.html',
  'requests.parquet',
  'result.json',
  'samples.parquet',
] as const

const nobody = await unprivileged()

/** The small app with an add-on and with lines of its own that measure something. */
const MEASURING: Readonly<Record<string, string>> = {
  ...SMALL_APP,
  'app.json': JSON.stringify({
    name: 'small',
    formation: { web: { quantity: 1, size: 'standard-1x' } },
    addons: ['heroku-postgresql:standard-0'],
  }),
}

function bytes(write: (take: (chunk: Uint8Array) => void) => void): Buffer {
  const chunks: Uint8Array[] = []
  write((chunk) => chunks.push(chunk))
  return Buffer.concat(chunks)
}

describe('celadon simulate --out', () => {
  test('makes the folder and writes all of the run, the same as single files', async () => {
    const app = folderWith(SMALL_APP)
    const out = join(app, 'runs', 'one')
    const single = ['--logs', 'a.log', '--json', 'a.json', '--report', 'a.html']
    const ended = await celadon(['simulate', '.', '--out', out, ...single], { cwd: app })
    expect(ended.code).toBe(0)
    expect(readdirSync(out).sort()).toEqual(FILES)
    const read = (...path: string[]) => readFileSync(join(...path), 'utf8')
    expect(read(out, 'app.log')).toBe(read(app, 'a.log'))
    expect(read(out, 'result.json')).toBe(read(app, 'a.json'))
    expect(read(out, 'report.html')).toBe(read(app, 'a.html'))
    expect(read(out, 'metrics.txt')).toBe(openMetrics(JSON.parse(read(out, 'result.json'))))
  })

  test('same seed, same bytes, also where a folder was written before', async () => {
    const app = folderWith(SMALL_APP)
    const run = async (...args: string[]) => {
      const { code } = await celadon(['simulate', app, '-q', '--out', join(app, 'run'), ...args])
      expect(code).toBe(0)
      return FILES.map((name) => readFileSync(join(app, 'run', name)))
    }
    const first = await run()
    const other = await run('--seed', '2')
    expect(await run()).toEqual(first)
    for (const [index, file] of first.entries())
      expect(file.equals(other[index] ?? file)).toBe(false)
  })

  test('requests.parquet has a row per request that was answered, in order', async () => {
    const app = folderWith(SMALL_APP)
    await celadon(['simulate', app, '-q', '--out', join(app, 'run')])
    const source = (name: keyof typeof SMALL_APP) => ({ name, text: SMALL_APP[name] })
    const described = readApp({
      procfile: source('Procfile'),
      appJson: source('app.json'),
      celadonYml: source('celadon.yml'),
    })
    const expected = bytes((take) => {
      const table = createRequestTable(take, { epochMs: described.epochMs })
      const platform = createPlatform(described, { onResponse: (request) => table.append(request) })
      platform.advance(platform.durationMs)
      table.close()
    })
    expect(readFileSync(join(app, 'run', 'requests.parquet')).equals(expected)).toBe(true)
  })

  test('samples.parquet has what the log measures', async () => {
    const app = folderWith(MEASURING)
    await celadon(['simulate', app, '-q', '--out', join(app, 'run')])
    const log = readFileSync(join(app, 'run', 'app.log'), 'utf8')
    let samples = 0
    const expected = bytes((take) => {
      const table = createSampleTable(take)
      for (const line of log.split('\n')) {
        const [, second = '', micros, source = '', process = '', text = ''] =
          /^(\S+)\.(\d{6})\+00:00 (\w+)\[([^\]]+)\]: (.*)$/.exec(line) ?? []
        for (const [, name = '', value, unit = ''] of text.matchAll(
          /(?<= )sample#([^\s=]+)=([\d.]+)([a-zA-Z]*)/g,
        )) {
          const atMicros = Date.parse(`${second}Z`) * 1000 + Number(micros)
          const sample = { name, kind: 'sample', value: Number(value), unit }
          table.append({ atMicros, source, process, ...sample })
          samples += 1
        }
      }
      table.close()
    })
    // Load and memory of a dyno every 20 seconds, the database every minute or so.
    expect(samples).toBeGreaterThan(30 * 10)
    expect(log).toContain('app[heroku-postgres]: source=DATABASE')
    expect(readFileSync(join(app, 'run', 'samples.parquet')).equals(expected)).toBe(true)
  })

  test('Ctrl-C completes all files', async () => {
    const app = folderWith(SMALL_APP)
    const out = join(app, 'run')
    let sent = false
    const { code } = await celadon(['simulate', app, '--duration', '366d', '--out', out], {
      onStderr: (_, child) => {
        if (!sent) child.kill('SIGINT')
        sent = true
      },
    })
    expect(code).toBe(130)
    const read = (name: string) => readFileSync(join(out, name), 'latin1')
    expect(JSON.parse(read('result.json')).app.durationMs).toBeGreaterThan(0)
    expect(read('metrics.txt')).toMatch(/# EOF\n$/)
    for (const name of ['requests.parquet', 'samples.parquet']) {
      expect(read(name)).toMatch(/^PAR1.*PAR1$/s)
    }
  })
})

describe('a folder that cannot be written to is told before the run', () => {
  const refusal = async (app: string, out: string, options = {}) => {
    const { code, stdout, stderr } = await celadon(['simulate', app, '--out', out], options)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    return stderr
  }

  test('a file in its place, or in the place of a parent', async () => {
    const app = folderWith({ ...SMALL_APP, file: '' })
    const path = join(app, 'file')
    expect(await refusal(app, path)).toBe(`--out ${path}: is a file; a folder is needed\n`)
    const below = join(path, 'run')
    expect(await refusal(app, below)).toBe(`--out ${below}: a part of its path is a file\n`)
  })

  test('a folder without permission', async (context) => {
    if (nobody.skipReason !== '') context.skip(nobody.skipReason)
    const app = folderWith(SMALL_APP)
    chmodSync(app, 0o555)
    const out = join(app, 'run')
    expect(await refusal(app, out, nobody)).toBe(
      `--out ${out}: cannot be written: permission denied\n`,
    )
    expect(existsSync(out)).toBe(false)
  })

  test('a file that is read, or that another option writes', async () => {
    const trace = 'time,requests\n0,60\n60,60\n'
    const celadonYml = 'workload: { trace: app.log }\n'
    const app = folderWith({ ...SMALL_APP, 'celadon.yml': celadonYml, 'app.log': trace })
    const path = join(app, 'app.log')
    expect(await refusal(app, app)).toBe(`--out ${path}: would overwrite ${path}, which is read\n`)
    expect(readFileSync(path, 'utf8')).toBe(trace)
    const other = folderWith(SMALL_APP)
    const log = join(other, 'app.log')
    const { stderr } = await celadon(['simulate', other, '--logs', log, '--out', other])
    expect(stderr).toBe(`--out ${log}: would overwrite the output of --logs\n`)
  })
})
