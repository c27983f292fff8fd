import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { celadon, folderWith, SMALL_APP } from './celadon.js'

function outputs(folder: string): readonly string[] {
  return ['--logs', 'app.log', '--json', 'app-result.json', '--report', 'app.html'].map((text) =>
    text.startsWith('--') ? text : join(folder, text),
  )
}

describe('celadon simulate', () => {
  test('sums the run up on standard output; wall time stands on standard error', async () => {
    const folder = folderWith(SMALL_APP)
    const { code, stdout, stderr } = await celadon(['simulate'], { cwd: folder })
    expect(code).toBe(0)
    expect(stdout).toMatch(/^small .*10 min from 2026-03-02 00:00 UTC, router-2.0, seed 1\n/)
    expect(stdout).toMatch(/^requests\.+: 3/m)
    expect(stderr).toMatch(/^Simulated 00:10 hours in \d+\.\d s\.\n$/)
  })

  test('writes log, JSON and report', async () => {
    const folder = folderWith(SMALL_APP)
    const { code } = await celadon(['simulate', folder, '--quiet', ...outputs(folder)])
    expect(code).toBe(0)
    const read = (name: string) => readFileSync(join(folder, name), 'utf8')
    const result = JSON.parse(read('app-result.json'))
    expect(result.app).toMatchObject({ name: 'small', seed: '1', durationMs: 600_000 })
    const lines = read('app.log').split('\n')
    expect(lines.at(-1)).toBe('')
    expect(lines.length - 1).toBe(result.log.lines)
    expect(lines.filter((line) => line.includes('heroku[router]: at=info'))).toHaveLength(
      result.requests.served,
    )
    expect(read('app.html')).toContain('<title>')
  })

  test('same seed, same bytes, also on standard output; another seed, other bytes', async () => {
    const runs = await Promise.all(
      ['a', 'a', 'b'].map(async (seed) => {
        const folder = folderWith(SMALL_APP)
        const { stdout } = await celadon(['simulate', folder, '--seed', seed, ...outputs(folder)])
        const files = ['app.log', 'app-result.json', 'app.html']
        return [stdout, ...files.map((name) => readFileSync(join(folder, name), 'utf8'))]
      }),
    )
    expect(runs[0]).toEqual(runs[1])
    for (const [index, text] of (runs[0] ?? []).entries()) {
      expect(text.length).toBeGreaterThan(100)
      expect(text === runs[2]?.[index]).toBe(false)
    }
  })

  test('leaves standard output to data when - asks for it', async () => {
    const folder = folderWith(SMALL_APP)
    const json = await celadon(['simulate', folder, '--json', '-'])
    expect(JSON.parse(json.stdout).app.name).toBe('small')
    expect(json.stderr).toMatch(/^small .*seed 1\n/)
    const logs = await celadon(['simulate', folder, '--logs', '-', '-q'])
    expect(logs.stderr).toBe('')
    expect(logs.stdout).toMatch(/^2026-03-02T00:0\d:\d\d\.\d{6}\+00:00 (app|heroku)\[/)
    expect(logs.stdout.split('\n').length - 1).toBe(JSON.parse(json.stdout).log.lines)
  })

  test('takes another duration, and the name of the folder where app.json has none', async () => {
    const folder = folderWith({ Procfile: 'web: bundle exec puma\n' })
    const args = ['simulate', '.', '--duration', '90s', '--json', '-']
    const { code, stdout, stderr } = await celadon(args, { cwd: folder })
    expect(code).toBe(0)
    const { app, assumptions } = JSON.parse(stdout)
    expect(app).toMatchObject({ name: basename(folder).toLowerCase(), durationMs: 90_000 })
    const assumption =
      'The traffic is a day curve of 5 requests a second on average: celadon.yml has no workload.'
    expect(assumptions).toContain(assumption)
    expect(stderr).toContain(`Assumed: ${assumption}\n`)
  })

  test('reads a trace beside celadon.yml', async () => {
    const folder = folderWith({
      ...SMALL_APP,
      'celadon.yml': 'duration: 2m\nworkload: { trace: data/day.csv }\n',
      'data/day.csv': 'time,requests\n0,600\n60,0\n',
    })
    const { stdout } = await celadon(['simulate', folder, '--json', '-', '-q'])
    const { requests } = JSON.parse(stdout)
    // Poisson with mean 600: six standard deviations to either side.
    expect(Math.abs(requests.arrived - 600)).toBeLessThan(150)
  })
})
