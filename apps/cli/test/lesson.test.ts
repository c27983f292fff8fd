import { describe, expect, test } from 'vitest'
import { LESSON_DYNOS, type LessonRun } from '../src/dyno-lesson.js'
import { lessonWords } from '../src/dyno-lesson-words.js'
import { celadon } from './celadon.js'

/** A run with round figures. */
function run(changes: Partial<LessonRun>): LessonRun {
  return {
    dynos: 1,
    serviceP50Ms: 100,
    serviceP95Ms: 300,
    queueP95Ms: 50,
    totalP95Ms: 400,
    servedPerSecond: 24,
    failed: 0,
    late: 0,
    utilization: 0.5,
    usdPerMonth: 25,
    ...changes,
  }
}

describe('celadon lesson dynos', () => {
  test.each(['1', 'lesson'])('holds with the seed %s', async (seed) => {
    const { code, stdout } = await celadon(['lesson', 'dynos', '--json', '--seed', seed])
    expect(code).toBe(0)
    const runs: readonly LessonRun[] = JSON.parse(stdout)
    expect(runs.map(({ dynos }) => dynos)).toEqual(LESSON_DYNOS)
    const [first = run({}), ...others] = runs
    const last = runs.at(-1) ?? first
    // Performance: the time of one request is the same on any number of dynos.
    for (const { serviceP50Ms, serviceP95Ms } of others) {
      expect(serviceP50Ms / first.serviceP50Ms).toBeCloseTo(1, 1)
      expect(serviceP95Ms / first.serviceP95Ms).toBeCloseTo(1, 1)
    }
    // Scalability: with each step fewer wait and more are served; the load drowns one dyno.
    for (const [index, { queueP95Ms, servedPerSecond, utilization }] of others.entries()) {
      const before = runs[index] ?? first
      expect(queueP95Ms).toBeLessThan(before.queueP95Ms)
      expect(servedPerSecond).toBeGreaterThanOrEqual(before.servedPerSecond)
      expect(utilization).toBeLessThanOrEqual(before.utilization)
    }
    expect(first.failed).toBeGreaterThan(0.5)
    expect(last.failed).toBe(0)
    expect(last.utilization).toBeLessThan(0.25)
    expect(last.usdPerMonth).toBe(16 * first.usdPerMonth)
  })

  test('prints a table within 80 columns, and the words that follow from it', async () => {
    const [first, again] = await Promise.all([
      celadon(['lesson', 'dynos']),
      celadon(['lesson', 'dynos']),
    ])
    expect(first).toEqual(again)
    expect(first.stdout.split('\n').every((line) => line.length <= 80)).toBe(true)
    expect(first.stdout.replaceAll('\n', ' ')).toContain('More dynos do not make a request faster.')
  })

  test('says something else when the figures do', () => {
    const words = lessonWords([
      run({ dynos: 1, serviceP50Ms: 150, failed: 0.4, servedPerSecond: 12, queueP95Ms: 9000 }),
      run({ dynos: 2, failed: 0.2, servedPerSecond: 16, queueP95Ms: 2000, usdPerMonth: 50 }),
    ])
    expect(words).toEqual([
      'Performance, how fast one request is served: the median is 150 ms on 1 dyno, 100 ms on 2 dynos. It differs by 50 % between the runs.',
      'Scalability, how many users are served well: on 1 dyno 12.0 requests a second are served and 40 % fail, on 2 dynos 16.0 requests a second are served and 20 % fail. None of them is enough.',
    ])
  })

  test('tells the fewest dynos that serve the load, and what the most cost', () => {
    const words = lessonWords([
      run({ dynos: 1, failed: 0.9, servedPerSecond: 1, late: 0.8, queueP95Ms: 40_000 }),
      run({ dynos: 2, queueP95Ms: 1080, usdPerMonth: 50 }),
      run({ dynos: 4, queueP95Ms: 52, usdPerMonth: 100, utilization: 0.094 }),
    ])
    expect(words.slice(1)).toEqual([
      'Scalability, how many users are served well: on 1 dyno 1.0 requests a second are served and 90 % fail, on 4 dynos 24.0 requests a second are served and 0 % fail. 2 dynos are the fewest that serve this load: 95 % of requests queue less than 1.08 s, for $50 a month. On 4 dynos it is 52 ms, for $100; they are busy 9.4 % of the time.',
      'On 1 dyno 80 % of what was finished came too late: the router had given its client an error, and the dyno did not know.',
    ])
  })
})
