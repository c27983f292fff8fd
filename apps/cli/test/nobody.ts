import { celadon } from './celadon.js'

/** A user for whom file permissions count. */
export interface Unprivileged {
  /** Undefined: the tests already run as one. */
  readonly uid?: number
  /** Why tests of permissions have to be skipped; empty when they need not. */
  readonly skipReason: string
}

/** Root may read and write everything, so permissions are tested as the user `nobody`. */
export async function unprivileged(): Promise<Unprivileged> {
  if (process.getuid?.() !== 0) return { skipReason: '' }
  const uid = 65_534
  const { code } = await celadon(['--version'], { uid }).catch(() => ({ code: -1 }))
  return { uid, skipReason: code === 0 ? '' : 'celadon cannot run as another user here' }
}
