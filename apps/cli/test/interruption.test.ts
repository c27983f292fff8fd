import type { ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { celadon, folderWith, SMALL_APP } from './celadon.js'

/** A year of it takes far longer than any test waits. */
const LONG_RUN = ['--duration', '366d'] as const

/** Sends a signal as soon as the first line of progress is there. */
function signalOnProgress(signal: NodeJS.Signals): (stderr: string, child: ChildProcess) => void {
  let sent = false
  return (stderr, child) => {
    if (sent || !stderr.includes('times real time')) return
    sent = true
    child.kill(signal)
  }
}

describe('a run that is interrupted', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('by %s finishes its outputs and sums up so far', async (signal, exitCode) => {
    const folder = folderWith(SMALL_APP)
    const paths = ['a.log', 'a.json', 'a.html'].map((name) => join(folder, name))
    const [log = '', json = '', html = ''] = paths
    const { code, stdout, stderr } = await celadon(
      ['simulate', folder, ...LONG_RUN, '--logs', log, '--json', json, '--report', html],
      { onStderr: signalOnProgress(signal) },
    )
    expect(code).toBe(exitCode)
    const result = JSON.parse(readFileSync(json, 'utf8'))
    expect(result.app.plannedDurationMs).toBe(366 * 86_400_000)
    expect(result.app.durationMs).toBeGreaterThan(0)
    expect(result.app.durationMs).toBeLessThan(result.app.plannedDurationMs)
    const lines = readFileSync(log, 'utf8').split('\n')
    expect(lines.at(-1)).toBe('')
    expect(lines.length - 1).toBe(result.log.lines)
    expect(readFileSync(html, 'utf8')).toContain('</html>')
    expect(stdout).toMatch(/^small /)
    expect(stderr).toMatch(/Stopped at \d+:\d\d of 8784:00 after .* up to there\.\n$/)
  })

  test('tells how far it has come, line by line where there is no terminal', async () => {
    const folder = folderWith(SMALL_APP)
    const { stderr } = await celadon(['simulate', folder, ...LONG_RUN], {
      onStderr: signalOnProgress('SIGINT'),
    })
    expect(stderr).toMatch(/^\d+:\d\d {2}\d+ % {2}[\d,]+ requests {2}[\d,]+ times real time\n/)
  })

  test('by a reader that goes away ends quietly', async () => {
    const folder = folderWith(SMALL_APP)
    const json = join(folder, 'a.json')
    const { code, stderr } = await celadon(
      ['simulate', folder, ...LONG_RUN, '--logs', '-', '--json', json],
      { onStdout: (_, child) => child.stdout?.destroy() },
    )
    expect(stderr).toBe('')
    expect(code).toBe(0)
    expect(JSON.parse(readFileSync(json, 'utf8')).app.durationMs).toBeGreaterThan(0)
  })
})
