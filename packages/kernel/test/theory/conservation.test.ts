// What holds exactly in every run: nobody appears or vanishes, no server idles while somebody waits,
// the clock never runs back, Little's law over a busy run, and the recursion of Kiefer and Wolfowitz.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Crowd, type CrowdSetting, crowdSettings } from './crowd.js'

test('arrived = left + lost + in the system, at any moment and whatever the slices of the run', () => {
  fc.assert(
    fc.property(crowdSettings, fc.array(fc.nat(5000), { maxLength: 5 }), (setting, slicesMs) => {
      const crowd = new Crowd(setting)
      const { simulation, station } = crowd
      for (const sliceMs of slicesMs) {
        simulation.run(simulation.now + sliceMs)
        const due = crowd.arrivalsMs.filter((time) => time <= simulation.now)
        expect(crowd.arrived).toBe(due.length)
        expect(crowd.arrived).toBe(crowd.left + station.lost + station.length)
      }
      simulation.run()
      expect(crowd.faults).toEqual([])
      expect(crowd.arrived).toBe(setting.customers)
      expect(crowd.left + station.lost).toBe(setting.customers)
      expect(station.length).toBe(0)
    }),
  )
})

test("Little's law: the area under the number in the system is the sum of the sojourns", () => {
  fc.assert(
    fc.property(crowdSettings, (setting) => {
      const crowd = new Crowd(setting)
      crowd.simulation.run()
      const sojournsMs = crowd.customers.reduce((sum, { sojournMs }) => sum + sojournMs, 0)
      // Every term is a whole number, so both sums are exact.
      expect(crowd.inSystem.integral(crowd.simulation.now)).toBe(sojournsMs)
    }),
  )
})

test('first come, first served begins and loses as the recursion says, ties included', () => {
  fc.assert(
    fc.property(crowdSettings, (setting) => {
      const crowd = new Crowd({ ...setting, discipline: 'first' })
      crowd.simulation.run()
      const starts = crowd.customers.map(({ station, startedAt }) =>
        station === null ? 'lost' : startedAt,
      )
      expect(starts).toEqual(recursion(crowd, setting))
    }),
  )
})

/**
 * When each customer begins, or that it is lost: it begins when it is there and the first server is
 * free. At one moment arrivals come before departures, since they were scheduled earlier.
 */
function recursion(crowd: Crowd, { servers, places }: CrowdSetting): (number | 'lost')[] {
  /** Times when those leave who are in the system, in order. */
  let leavesMs: number[] = []
  return crowd.customers.map(({ demandMs }, index) => {
    const now = crowd.arrivalsMs[index] as number
    leavesMs = leavesMs.filter((time) => time >= now)
    if (leavesMs.length >= places) return 'lost'
    // Of `servers` last departures the earliest frees the server.
    const freeAt = leavesMs.length < servers ? now : (leavesMs.at(-servers) as number)
    const startsAt = Math.max(now, freeAt)
    leavesMs.push(startsAt + demandMs)
    leavesMs.sort((a, b) => a - b)
    return startsAt
  })
}
