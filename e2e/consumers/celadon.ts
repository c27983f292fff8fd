import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { ROOT } from '../../scripts/workspace.js'
import { inTime } from './deadline.js'

/** How a run of `celadon` ended. */
export interface Ended {
  readonly code: number | null
  readonly stderr: string
}

/** Runs the built `celadon`, which trusts the authority in a file, or with an empty name no other. */
export async function celadon(args: readonly string[], authorityFile: string): Promise<Ended> {
  const child = spawn(process.execPath, [join(ROOT, 'apps/cli/dist/main.js'), ...args], {
    env: { ...process.env, NODE_EXTRA_CA_CERTS: authorityFile },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const closed = once(child, 'close')
  const said = text(child.stderr)
  try {
    await inTime(closed, () => `celadon ${args.join(' ')} ends`)
  } finally {
    child.kill('SIGKILL')
  }
  return { code: child.exitCode, stderr: await said }
}
