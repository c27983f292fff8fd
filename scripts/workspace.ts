import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Root folder of the repository, without a slash at the end. */
export const ROOT: string = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '')

/** The fields of a package.json that the guards read. */
export interface Manifest {
  readonly name: string
  readonly version: string
  readonly private?: boolean
  readonly bin?: Readonly<Record<string, string>>
  readonly exports?: Readonly<Record<string, string | Readonly<Record<string, string>>>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

/** A text file: its path from the root, with slashes, and its content. */
export interface SourceFile {
  readonly path: string
  readonly text: string
}

/** A package of the workspace. */
export interface WorkspacePackage {
  /** Folder from the root, for example `packages/kernel`. */
  readonly folder: string
  readonly manifest: Manifest
}

/** The packages of a group of folders, `packages` or `apps`, in order of name. */
export function packagesIn(group: 'packages' | 'apps'): WorkspacePackage[] {
  return readdirSync(join(ROOT, group))
    .sort()
    .map((name) => `${group}/${name}`)
    .filter((folder) => existsSync(join(ROOT, folder, 'package.json')))
    .map((folder) => ({ folder, manifest: readManifest(join(ROOT, folder)) }))
}

/** Reads the package.json of a folder, which is given by its absolute path. */
export function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
}

/** Text files below a folder whose name ends in one of `endings`; none when there is no folder. */
export function readFiles(folder: string, endings: readonly string[]): SourceFile[] {
  const absolute = join(ROOT, folder)
  if (!existsSync(absolute)) return []
  return readdirSync(absolute, { recursive: true, encoding: 'utf8' })
    .sort()
    .filter((path) => endings.some((ending) => path.endsWith(ending)))
    .filter((path) => !path.split(sep).includes('node_modules'))
    .map((path) => join(absolute, path))
    .filter((path) => statSync(path).isFile())
    .map((path) => ({
      path: relative(ROOT, path).split(sep).join('/'),
      text: readFileSync(path, 'utf8'),
    }))
}
