import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

/** The built program; `pnpm test` builds it first. */
const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url))

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly cwd?: string
  /** User that it runs as; only root can choose. */
  readonly uid?: number
  /** Variables beside those of this process. */
  readonly env?: Readonly<Record<string, string>>
  /** `pipe`: `onStart` writes to standard input. Default: it is empty. */
  readonly stdin?: 'pipe'
  /** File that takes standard output. Default: it is collected. */
  readonly stdoutFile?: string
  /** Called with the process as soon as it runs. */
  readonly onStart?: (child: ChildProcess) => void
  /** Called with all of standard error so far, whenever there is more of it. */
  readonly onStderr?: (stderr: string, child: ChildProcess) => void
  /** Called with each chunk of standard output. */
  readonly onStdout?: (chunk: string, child: ChildProcess) => void
}

/** Runs `celadon` to its end. */
export function celadon(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  const { cwd, uid, env, stdin = 'ignore', stdoutFile, onStart, onStderr, onStdout } = options
  const stdoutTarget = stdoutFile === undefined ? 'pipe' : openSync(stdoutFile, 'w')
  const child = spawn(process.execPath, [MAIN, ...args], {
    ...(cwd === undefined ? {} : { cwd }),
    ...(uid === undefined ? {} : { uid, gid: uid }),
    ...(env === undefined ? {} : { env: { ...process.env, ...env } }),
    stdio: [stdin, stdoutTarget, 'pipe'],
  })
  onStart?.(child)
  let stdout = ''
  let stderr = ''
  if (typeof stdoutTarget === 'number') closeSync(stdoutTarget)
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk
    onStdout?.(chunk, child)
  })
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk
    onStderr?.(stderr, child)
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, stdout, stderr }))
  })
}

/** Makes a folder with these files; it goes away with the test. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'celadon-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), content)
  }
  return folder
}

/** A small app that runs for ten minutes. */
export const SMALL_APP: Readonly<Record<'Procfile' | 'app.json' | 'celadon.yml', string>> = {
  Procfile: 'web: bundle exec puma -w 2 -t 5\n',
  'app.json': '{ "name": "small", "formation": { "web": { "quantity": 1, "size": "basic" } } }\n',
  'celadon.yml': [
    'duration: 10m',
    'workload: { rate: [{ at: "00:00", per_second: 5 }] }',
    'endpoints: [{ path: /, service: { median: 60ms, p95: 200ms }, cpu: 0.6 }]',
    '',
  ].join('\n'),
}
