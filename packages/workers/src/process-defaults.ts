import type { MemoryOptions } from '@celadon/contracts'

/**
 * Time in milliseconds that a Ruby process takes to load the app. A guess in the middle of the 3 to
 * 7 seconds that logs of small apps show.
 */
export const BOOT_MS = 6_000

/** Memory of a Ruby process that has loaded a middle-sized app. All four numbers are guesses. */
export const APP_MEMORY: MemoryOptions = {
  startMb: 150,
  fullMb: 220,
  growthWorks: 200,
  leakMb: 0,
}

/** What a dyno's process usually gets as its id; logs of real workers mostly show 4. */
export const PID = 4

/** Pause between polls in milliseconds (delayed_job, `sleep_delay`; resque, `INTERVAL`). */
export const POLL_MS = 5_000
