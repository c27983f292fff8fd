import type { WallClock } from '../logs/pace.js'

/**
 * Waits for something to happen, but not for ever.
 *
 * @throws an error with the code `ETIMEDOUT` when it takes longer than `limitMs`
 */
export async function inTime<Value>(
  event: Promise<Value>,
  limitMs: number,
  clock: WallClock,
): Promise<Value> {
  const settled = new AbortController()
  const late = clock.sleep(limitMs, settled.signal).then(() => {
    throw Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' })
  })
  try {
    return await Promise.race([event, late])
  } finally {
    // Ends the sleep, about which nobody wants to hear any more.
    late.catch(() => {})
    settled.abort()
  }
}
