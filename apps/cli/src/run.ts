import { setImmediate } from 'node:timers/promises'
import type { Platform } from '@celadon/platform'
import type { Interruption } from './interruption.js'
import type { Progress } from './progress.js'

/** Wall time in milliseconds between two looks at signals and progress. */
const SLICE_WALL_MS = 50

/** Events between two such looks at most, however much happens in a slice. */
const SLICE_EVENTS = 100_000

/** First slice of virtual time in milliseconds; it then adapts to the speed of the run. */
const FIRST_SLICE_MS = 1000

/** Lets virtual time pass until the end or until something interrupts the run. */
export async function runPlatform(
  platform: Platform,
  interruption: Interruption,
  progress: Progress,
): Promise<void> {
  const { durationMs, simulation, router } = platform
  let sliceMs = FIRST_SLICE_MS
  while (simulation.now < durationMs && interruption.reason === null) {
    const startedAt = performance.now()
    platform.advance(simulation.now + sliceMs, SLICE_EVENTS)
    const tookMs = Math.max(performance.now() - startedAt, 0.1)
    sliceMs *= Math.min(2, Math.max(0.25, SLICE_WALL_MS / tookMs))
    progress.update({ nowMs: simulation.now, durationMs, requests: router.arrived })
    await setImmediate()
  }
}
