import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'

/** Folder that provide-tools.sh has filled; empty where nobody asked for these tests. */
const TOOLS = process.env['CELADON_TOOLS'] ?? ''
const DEBIAN = resolve(TOOLS, 'debian')

/** Where Debian keeps libraries. */
const LIBRARIES = ['x86_64-linux-gnu', 'aarch64-linux-gnu']
  .flatMap((machine) => [`usr/lib/${machine}`, `lib/${machine}`])
  .concat('usr/lib/syslog-ng')
  .map((folder) => join(DEBIAN, folder))

/** A file of an unpacked Debian package, such as `usr/bin/lnav`. */
export function debianFile(path: string): string {
  return join(DEBIAN, path)
}

/** The first of these folders that an unpacked Debian package has, such as `usr/lib/…/rsyslog`. */
export function libraryFolder(name: string): string {
  const folder = LIBRARIES.map((libraries) => join(libraries, name)).find(existsSync)
  if (folder === undefined) throw new Error(`no folder ${name} among ${LIBRARIES.join(', ')}`)
  return folder
}

/** Environment in which an unpacked program finds its libraries, and `home` as its home. */
export function debianEnvironment(home: string): NodeJS.ProcessEnv {
  return { ...process.env, HOME: home, LD_LIBRARY_PATH: LIBRARIES.join(':') }
}

/** A package from npm. */
export function npmPackage(name: string): unknown {
  return createRequire(resolve(TOOLS, 'package.json'))(name)
}

/** Why a test that needs these files of {@link TOOLS} has to be skipped; empty when it need not. */
export function whyMissing(...paths: readonly string[]): string {
  if (TOOLS === '') return 'skipped: CELADON_TOOLS is not set, see CONTRIBUTING.md'
  const missing = paths.filter((path) => !existsSync(resolve(TOOLS, path)))
  return missing.length === 0 ? '' : `skipped: no ${missing.join(', ')} in ${TOOLS}`
}
