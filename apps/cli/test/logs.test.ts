import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { GENERATIONS } from '@celadon/contracts'
import { afterAll, describe, expect, test } from 'vitest'
import { celadon, type Ended, folderWith, SMALL_APP } from './celadon.js'

/** A run of the small app: its folder and the lines of its log. */
interface Run {
  readonly folder: string
  readonly lines: readonly string[]
}

const temporary = mkdtempSync(join(tmpdir(), 'celadon-'))
afterAll(() => rmSync(temporary, { recursive: true, force: true }))

async function smallRun(name: string, celadonYml: string): Promise<Run> {
  const app = folderWith({ ...SMALL_APP, 'celadon.yml': celadonYml })
  const folder = join(temporary, name)
  const { code } = await celadon(['simulate', app, '--quiet', '--out', folder])
  expect(code).toBe(0)
  return { folder, lines: readFileSync(join(folder, 'app.log'), 'utf8').split('\n').slice(0, -1) }
}

function text(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('')
}

function written(stdout: string): Ended {
  return { code: 0, stdout, stderr: '' }
}

let run: Run | null = null

/** The same for all tests. */
async function sharedRun(): Promise<Run> {
  run ??= await smallRun('shared', SMALL_APP['celadon.yml'])
  return run
}

/** Ten lines, one a minute. */
const MINUTES = Array.from(
  { length: 10 },
  (_, minute) => `2026-03-02T09:0${minute}:00.500000+00:00 app[web.1]: minute ${minute}`,
)

describe('celadon logs', () => {
  test("shows the newest 100 lines of a run's folder, or as many as asked", async () => {
    const { folder, lines } = await sharedRun()
    expect(lines.length).toBeGreaterThan(2000)
    expect(await celadon(['logs', folder])).toEqual(written(text(lines.slice(-100))))
    expect(await celadon(['logs', folder, '-n', '7'])).toEqual(written(text(lines.slice(-7))))
    const all = await celadon(['logs', folder, '--num', '99999'])
    expect(all.stdout).toBe(text(lines))
  })

  test('filters before it counts, as `heroku logs` does', async () => {
    const { folder, lines } = await sharedRun()
    const of = (pattern: RegExp) =>
      written(text(lines.filter((line) => pattern.test(line)).slice(-20)))
    const shown = (...args: string[]) => celadon(['logs', folder, '-n', '20', ...args])
    expect(await shown('-s', 'app')).toEqual(of(/^\S+ app\[/))
    expect(await shown('--source', 'heroku')).toEqual(of(/^\S+ heroku\[/))
    expect(await shown('-d', 'router')).toEqual(of(/^\S+ \w+\[router\]/))
    expect(await shown('--dyno-name', 'web.1')).toEqual(of(/^\S+ \w+\[web\.1\]/))
    expect(await shown('--dyno', 'web')).toEqual(of(/^\S+ \w+\[web\./))
    for (const option of ['-p', '--process-type', '--ps']) {
      expect(await shown(option, 'web')).toEqual(of(/^\S+ \w+\[web\./))
    }
    expect(await shown('-s', 'heroku', '-p', 'web')).toEqual(of(/^\S+ heroku\[web\./))
    expect(await shown('-s', 'nobody')).toEqual(written(''))
  })

  test.each(GENERATIONS)('--tail prints the log of %s as it was written', async (generation) => {
    const celadonYml = `${SMALL_APP['celadon.yml'].replace('10m', '1m')}generation: ${generation}\n`
    const { folder, lines } = await smallRun(generation, celadonYml)
    expect(lines.length).toBeGreaterThan(200)
    expect(await celadon(['logs', join(folder, 'app.log'), '--tail'])).toEqual(written(text(lines)))
  })

  test('reads a pasted log from standard input: UTF-16, quoted, papertrail, a stack trace', async () => {
    const pasted = [
      '> 2026-03-02T09:00:00.000000+00:00 heroku[router]: at=info method=GET path="/"',
      '2026-03-02T09:00:01+01:00 app[web.1]: RuntimeError (boom):',
      "app/models/cart.rb:12:in `total'",
      'Mar 02 09:00:02 shop heroku/router:  at=error code=H12',
    ].join('\r\n')
    const { stdout } = await celadon(['logs', '-'], {
      stdin: 'pipe',
      onStart: (child) => child.stdin?.end(Buffer.from(`\ufeff${pasted}`, 'utf16le')),
    })
    expect(stdout.split('\n')).toEqual([
      '2026-03-02T09:00:00.000000+00:00 heroku[router]: at=info method=GET path="/"',
      '2026-03-02T08:00:01.000000+00:00 app[web.1]: RuntimeError (boom):',
      "app/models/cart.rb:12:in `total'",
      '2026-03-02T09:00:02.000000+00:00 heroku[router]: at=error code=H12',
      '',
    ])
  })

  test('a line without a header goes with the line before it through a filter', async () => {
    const folder = folderWith({
      'a.log': [
        '2026-03-02T09:00:01+00:00 app[web.1]: boom',
        'a trace',
        '2026-03-02T09:00:02+00:00 app[worker.1]: fine',
        'no trace',
        '',
      ].join('\n'),
    })
    const { stdout } = await celadon(['logs', join(folder, 'a.log'), '-d', 'web.1'])
    expect(stdout).toBe('2026-03-02T09:00:01+00:00 app[web.1]: boom\na trace\n')
  })

  test('--tail shows a line as soon as it is there', async () => {
    let finish = (): void => {}
    const { stdout } = await celadon(['logs', '-', '--tail'], {
      stdin: 'pipe',
      onStart: (child) => {
        child.stdin?.write(text(MINUTES.slice(0, 2)))
        finish = () => child.stdin?.end(text(MINUTES.slice(2)))
      },
      // The input goes on when the first lines were seen; otherwise the test runs out of time.
      onStdout: () => finish(),
    })
    expect(stdout).toBe(text(MINUTES))
  })

  test('a reader that goes away ends it quietly', async () => {
    const { folder } = await sharedRun()
    const { code, stderr } = await celadon(['logs', folder, '--tail'], {
      onStdout: (_, child) => child.stdout?.destroy(),
    })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  })
})

describe('celadon logs --follow', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('waits for the next line until %s', async (signal, exitCode) => {
    const folder = folderWith({ 'a.log': text(MINUTES) })
    const { code, stdout, stderr } = await celadon(['logs', join(folder, 'a.log'), '-f'], {
      onStdout: (_, child) => child.kill(signal),
    })
    expect({ code, stderr }).toEqual({ code: exitCode, stderr: '' })
    expect(stdout).toBe(text(MINUTES.slice(0, 1)))
  })

  test('begins at a time and goes as fast as told', async () => {
    const folder = folderWith({ 'a.log': text(MINUTES) })
    const follow = (from: string) =>
      celadon(['logs', join(folder, 'a.log'), '-f', '--speed', '1000000', '--from', from])
    expect(await follow('09:07')).toEqual(written(text(MINUTES.slice(7))))
    expect(await follow('09:00')).toEqual(written(text(MINUTES)))
    expect(await follow('2026-03-02 10:08:00.5+01:00')).toEqual(written(text(MINUTES.slice(8))))
    expect(await follow('09:10')).toEqual(written(''))
  })
})

describe('colours of celadon logs', () => {
  const LINE = '2026-03-02T09:00:00.000000+00:00 heroku[router]: at=error code=H12 status=503'
  const shown = async (args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
    const folder = folderWith({ 'a.log': `${LINE}\n` })
    const { stdout } = await celadon(['logs', join(folder, 'a.log'), ...args], { env })
    return stdout
  }

  test('none in a pipe', async () => {
    expect(await shown([])).toBe(`${LINE}\n`)
  })

  test('in a pipe too when they are forced; the text stays the same', async () => {
    for (const stdout of [
      await shown(['--force-colors']),
      await shown([], { FORCE_COLOR: '1' }),
      await shown(['--force-colors'], { NO_COLOR: '1' }),
    ]) {
      expect(stdout).toContain('\u001b[31merror\u001b[39m')
      expect(stripVTControlCharacters(stdout)).toBe(`${LINE}\n`)
    }
  })

  test('none when they are not wanted', async () => {
    expect(await shown(['--no-color'], { FORCE_COLOR: '1' })).toBe(`${LINE}\n`)
    expect(await shown([], { FORCE_COLOR: '1', NO_COLOR: '1' })).toBe(`${LINE}\n`)
    expect(await shown([], { FORCE_COLOR: '0' })).toBe(`${LINE}\n`)
  })
})

describe('what celadon logs cannot use is told in words, with exit code 2', () => {
  test.each([
    [['nowhere'], 'nowhere: does not exist. A log file is accepted'],
    [['.'], '.: has no app.log. A log file is accepted, or a folder that'],
    [['a.log', '--speed', '2'], '--speed needs --follow'],
    [['a.log', '--from', '09:00'], '--from needs --follow'],
    [['a.log', '-n', '0'], 'Accepted: a whole number from 1.'],
    [['a.log', '-n', 'many'], 'Accepted: a whole number from 1.'],
    [['a.log', '-f', '--speed', '0'], 'Accepted: a number above 0, such as 60 or 0.5.'],
    [['a.log', '-f', '--from', '25:00'], 'Accepted: a time of day such as 09:43'],
    [['a.log', '-n', '5', '-f'], "'-n, --num <lines>' cannot be used with option '-f, --follow'"],
    [['a.log', '-d', 'web.1', '-p', 'web'], 'cannot be used with option'],
    [['a.log', '--no-color', '--force-colors'], 'cannot be used with option'],
    [[], "missing required argument 'RUN'"],
  ])('%j', async (args, message) => {
    const cwd = folderWith({ 'a.log': text(MINUTES) })
    const { code, stdout, stderr } = await celadon(['logs', ...args], { cwd })
    expect(stderr).toContain(message)
    expect(stderr).not.toContain('    at ')
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  })
})
