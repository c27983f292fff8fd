import type { MemoryOptions } from '@celadon/contracts'

/**
 * Memory of a process that has completed `served` units of work, in MB: it grows towards its full
 * size as code and caches are touched for the first time, and by what each unit leaks.
 */
export function processMemoryMb(memory: MemoryOptions, served: number): number {
  const { startMb, fullMb, growthWorks, leakMb } = memory
  const grown = growthWorks > 0 ? 1 - Math.exp(-served / growthWorks) : 1
  return startMb + (fullMb - startMb) * grown + leakMb * served
}
