import type { DynoSize } from '@celadon/contracts'

/** Languages whose buildpack sets `WEB_CONCURRENCY`. */
export type BuildpackLanguage = 'python' | 'node' | 'ruby'

/** Memory above which Node's buildpack reserves more for each process. */
const LARGE_MEMORY_MB = 16_384

/** Workers that Ruby's buildpack starts, by the limit of processes by which it tells sizes apart. */
const RUBY_WORKERS: readonly (readonly [processesMax: number, workers: number])[] = [
  [256, 2],
  [512, 4],
  [16_384, 8],
]
const RUBY_WORKERS_MOST = 16

/**
 * `WEB_CONCURRENCY` as a buildpack sets it on a dyno of this size, unless the user does: the number
 * of processes of the web server.
 *
 * - Python: twice the cores and one more, but no more than one for each 256 MB
 * - Node: one for each 512 MB, 2048 MB from 16 GB on; at least one; one where that makes over 200
 * - Ruby, only with the undocumented `SENSIBLE_DEFAULTS`: 2, 4, 8 and 16 by `ulimit -u`
 *
 * Source: Heroku's buildpacks for Python, Node.js and Ruby.
 */
export function webConcurrency(language: BuildpackLanguage, size: DynoSize): number {
  switch (language) {
    case 'python':
      return Math.max(1, Math.min(2 * pythonCores(size) + 1, Math.floor(size.memoryMb / 256)))
    case 'node':
      return nodeWorkers(size.memoryMb)
    case 'ruby':
      return RUBY_WORKERS.find(([max]) => size.processesMax <= max)?.[1] ?? RUBY_WORKERS_MOST
  }
}

/** A container sees the cores of its host: a shared dyno's script finds 8. */
function pythonCores(size: DynoSize): number {
  return size.dedicated ? size.cores : 8
}

function nodeWorkers(memoryMb: number): number {
  const workers = Math.floor(memoryMb / (memoryMb > LARGE_MEMORY_MB ? 2048 : 512))
  return workers > 200 ? 1 : Math.max(1, workers)
}
