import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Pace, type WallClock } from '../src/logs/pace.js'

/** A clock that moves when somebody sleeps, and a little when somebody works. */
class TestClock implements WallClock {
  nowMs = 1000
  slept = 0

  now(): number {
    return this.nowMs
  }

  async sleep(ms: number): Promise<void> {
    this.nowMs += ms
    this.slept += 1
  }
}

const signal = new AbortController().signal

/** Wall time since the first line at which each line comes. */
async function playedAt(atMicros: readonly number[], speed: number): Promise<number[]> {
  const clock = new TestClock()
  const pace = new Pace(speed, clock)
  const times: number[] = []
  for (const micros of atMicros) {
    await pace.wait(micros, signal)
    times.push(clock.nowMs - 1000)
  }
  return times
}

describe('the pace of a log', () => {
  test('is that of its times, divided by the speed', async () => {
    const minutes = [0, 60e6, 61e6, 3661e6]
    expect(await playedAt(minutes, 1)).toEqual([0, 60_000, 61_000, 3_661_000])
    expect(await playedAt(minutes, 60)).toEqual([0, 1000, 1017, 61_017])
  })

  test('a line never comes before its time, and at most a millisecond after the latest one due', async () => {
    const times = fc.array(fc.integer({ min: 0, max: 1e12 }), { minLength: 1, maxLength: 20 })
    const speeds = fc.constantFrom(0.5, 1, 7, 60, 1e6)
    await fc.assert(
      fc.asyncProperty(times, speeds, async (atMicros, speed) => {
        const [first = 0] = atMicros
        const played = await playedAt(atMicros, speed)
        let latestMs = 0
        for (const [index, micros] of atMicros.entries()) {
          const dueMs = (micros - first) / 1000 / speed
          latestMs = Math.max(latestMs, dueMs)
          const ms = played[index] ?? Number.NaN
          // Sums of doubles of this size are exact to a nanosecond.
          expect(ms).toBeGreaterThanOrEqual(dueMs - 1e-6)
          expect(ms).toBeLessThanOrEqual(latestMs + 1 + 1e-6)
        }
      }),
    )
  })

  test('a line whose time has passed does not wait', async () => {
    const clock = new TestClock()
    const pace = new Pace(1, clock)
    await pace.wait(60e6, signal)
    await pace.wait(0, signal)
    clock.nowMs += 5000
    await pace.wait(64e6, signal)
    expect(clock.slept).toBe(0)
  })

  test('waits longer than a timer can', async () => {
    const fortyDaysMicros = 40 * 86_400e6
    expect(await playedAt([0, fortyDaysMicros], 1)).toEqual([0, fortyDaysMicros / 1000])
  })
})
