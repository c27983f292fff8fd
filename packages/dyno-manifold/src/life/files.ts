import type { DynoFiles } from '@celadon/contracts'

/** Paths that a manifold remembers to tell lost files from files that never were. */
const PATHS_MAX = 100_000

/** What is known about the files of all dynos of a manifold. */
export class FileHistory {
  /** Paths that some dyno wrote. Later ones are forgotten when there are {@link PATHS_MAX}. */
  private readonly written = new Set<string>()
  private readonly missed = new Set<string>()

  wrote(path: string): void {
    if (this.written.size < PATHS_MAX) this.written.add(path)
  }

  hasWritten(path: string): boolean {
    return this.written.has(path)
  }

  /** True when this path is missed for the first time. */
  firstMissed(path: string): boolean {
    const isFirst = !this.missed.has(path)
    this.missed.add(path)
    return isFirst
  }
}

/** Hears of reads that find nothing because the file was another life's. */
export interface FileLossListener {
  fileMissed(path: string): void
}

/**
 * Files of one life of a dyno. They start as in the slug, which is not modelled, so a read finds only
 * what this life wrote. Source: Heroku Dev Center, "Dynos and the Dyno Manager" (2014).
 */
export class LifeFiles implements DynoFiles {
  private readonly bytes = new Map<string, number>()

  /** @param writableFolders folders in which files can be written, or `'all'` */
  constructor(
    private readonly history: FileHistory,
    private readonly writableFolders: readonly string[] | 'all',
    private readonly listener: FileLossListener,
  ) {}

  write(path: string, bytes: number): boolean {
    const name = relative(path)
    if (!this.isWritable(name)) return false
    this.bytes.set(name, bytes)
    this.history.wrote(name)
    return true
  }

  read(path: string): number | null {
    const name = relative(path)
    const bytes = this.bytes.get(name)
    if (bytes !== undefined) return bytes
    if (this.history.hasWritten(name)) this.listener.fileMissed(name)
    return null
  }

  private isWritable(path: string): boolean {
    if (this.writableFolders === 'all') return true
    return this.writableFolders.some((folder) => path.startsWith(`${folder}/`))
  }
}

/** A path as seen from the app's folder: `./tmp/a` and `/app/tmp/a` are `tmp/a`. */
function relative(path: string): string {
  return path.replace(/^(\.\/|\/app\/)/, '')
}
