import { spawnSync } from 'node:child_process'
import { debianEnvironment, debianFile } from './tools.js'

/** Files that lnav needs. */
export const LNAV = ['debian/usr/bin/lnav'] as const

/** A line of a log as lnav shows it. */
export interface LnavLine {
  /** What the line itself says, UTC with milliseconds: `2026-03-02 09:43:06.123`. */
  readonly log_actual_time: string
  readonly log_level: string
  readonly log_body: string
}

/** Opens a log with lnav and returns its lines. `home` is a folder for lnav's own files. */
export function readWithLnav(file: string, home: string): LnavLine[] {
  const commands = [
    ';select log_actual_time, log_level, log_body from all_logs',
    ':write-json-to -',
  ].flatMap((command) => ['-c', command])
  const { stdout, stderr, status } = spawnSync(
    debianFile('usr/bin/lnav'),
    ['-n', ...commands, file],
    {
      env: { ...debianEnvironment(home), TZ: 'UTC' },
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      timeout: 20_000,
    },
  )
  if (status !== 0) throw new Error(`lnav ended with ${status}: ${stderr}`)
  return JSON.parse(stdout)
}
