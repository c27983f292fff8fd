import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import {
  type Manifest,
  packagesIn,
  ROOT,
  readManifest,
  type WorkspacePackage,
} from '../scripts/workspace.js'

/** What a package looks like once it is packed. */
export interface Tarball {
  /** Folder of the package in the workspace, from the root. */
  readonly folder: string
  /** The tarball's absolute path. */
  readonly path: string
  /** The package.json inside. */
  readonly manifest: Manifest
}

/** The packages that are published: all but the private ones. */
const published: readonly WorkspacePackage[] = [
  ...packagesIn('packages'),
  ...packagesIn('apps'),
].filter(({ manifest }) => manifest.private !== true)

/** Makes a folder that nothing in the workspace lies above of. */
export function temporaryFolder(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), 'celadon-e2e-')))
}

/** Removes a folder that {@link temporaryFolder} made. */
export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
}

/** Packs every published package into `destination`, as `pnpm publish` would. */
export function packAll(destination: string): Map<string, Tarball> {
  const missing = published.filter(({ folder }) => !existsSync(join(ROOT, folder, 'dist')))
  if (missing.length > 0) {
    throw new Error(`not built: ${missing.map(({ folder }) => folder).join(', ')}`)
  }
  const filters = published.flatMap(({ folder }) => ['--filter', `./${folder}`])
  runPnpm(['--recursive', ...filters, 'pack', '--pack-destination', destination])
  return new Map(
    published.map(({ folder, manifest: { name, version } }) => {
      const file = `${name.replace('@', '').replace('/', '-')}-${version}.tgz`
      const path = join(destination, file)
      const unpacked = join(destination, 'unpacked', name)
      unpack(path, unpacked)
      return [name, { folder, path, manifest: readManifest(unpacked) }]
    }),
  )
}

/** Unpacks a tarball into a folder, which is made. */
export function unpack(tarball: string, folder: string): void {
  mkdirSync(folder, { recursive: true })
  execFileSync('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1'])
}

/**
 * Installs a package into `project` the way a registry client would, without one: the package and
 * its own dependencies from their tarballs, third-party ones linked from the workspace. Nothing else
 * can be imported there.
 */
export function install(name: string, project: string, tarballs: Map<string, Tarball>): void {
  const target = join(project, 'node_modules', name)
  if (existsSync(target)) return
  const tarball = tarballs.get(name)
  if (tarball === undefined) throw new Error(`${name} is not among the tarballs`)
  unpack(tarball.path, target)
  const { dependencies = {}, peerDependencies = {} } = tarball.manifest
  for (const dependency of Object.keys({ ...dependencies, ...peerDependencies })) {
    if (tarballs.has(dependency)) {
      install(dependency, project, tarballs)
      continue
    }
    const link = join(project, 'node_modules', dependency)
    if (existsSync(link)) continue
    mkdirSync(dirname(link), { recursive: true })
    symlinkSync(realpathSync(join(ROOT, tarball.folder, 'node_modules', dependency)), link)
  }
}

/** Runs the pnpm that runs the tests, or else the one that npx finds. */
function runPnpm(args: readonly string[]): void {
  const { npm_execpath: running = '' } = process.env
  const [command, ...prefix] = running.includes('pnpm')
    ? [process.execPath, running]
    : ['npx', '-y', 'pnpm@10']
  execFileSync(command ?? '', [...prefix, ...args], { cwd: ROOT, stdio: 'pipe' })
}
