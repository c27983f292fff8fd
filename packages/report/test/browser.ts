import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Where chromium is: `CHROMIUM_PATH`, or Debian's place; null when there is none. */
export function findChromium(): string | null {
  const path = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium'
  return existsSync(path) ? path : null
}

/** What became of a page in the browser. */
export interface Visit {
  /** The document after its scripts have run. */
  readonly document: string
  /** What the page wrote to the console, errors that nobody caught included. */
  readonly console: readonly string[]
}

/** Opens a page in a browser of its own, without network, and waits until it is at rest. */
export function visit(chromium: string, page: string): Visit {
  const folder = mkdtempSync(join(tmpdir(), 'celadon-report-'))
  try {
    const file = join(folder, 'report.html')
    writeFileSync(file, page)
    const { stdout, stderr, status, error } = spawnSync(
      chromium,
      [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--hide-scrollbars',
        '--window-size=1280,1000',
        '--virtual-time-budget=10000',
        '--enable-logging=stderr',
        `--user-data-dir=${join(folder, 'profile')}`,
        '--dump-dom',
        `file://${file}`,
      ],
      { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, timeout: 50_000 },
    )
    if (error !== undefined || status !== 0) {
      throw new Error(`chromium ended with status ${status}: ${stderr}`, { cause: error })
    }
    return { document: stdout, console: stderr.match(/^.*:CONSOLE[(:].*$/gm) ?? [] }
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}
