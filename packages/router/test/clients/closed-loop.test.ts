// Users who wait for their answers obey the laws of closed systems: the interactive response time
// law, its asymptotes, and for exponential service exact mean value analysis.
import {
  BatchMeans,
  constant,
  covers,
  createSimulation,
  type Distribution,
  exponential,
  lognormal,
} from '@celadon/kernel'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { closedLoop, type UserPoint } from '../../src/index.js'
import { testMix } from './test-mix.js'
import { TestStation } from './test-station.js'
import { TestTarget } from './test-target.js'

/** Mean response time of one server and n thinking users: mean value analysis (Reiser, Lavenberg). */
function mvaResponseMs(users: number, serviceMs: number, thinkMs: number): number {
  let responseMs = 0
  let queue = 0
  for (let n = 1; n <= users; n += 1) {
    responseMs = serviceMs * (1 + queue)
    queue = (n / (thinkMs + responseMs)) * responseMs
  }
  return responseMs
}

function responseTimes(users: number, thinkMs: Distribution, laps: number): BatchMeans {
  const simulation = createSimulation({ seed: `${users} users, ${thinkMs.name}` })
  const times = new BatchMeans()
  const station = new TestStation(simulation, 1)
  const loop = closedLoop({
    simulation,
    users,
    thinkMs,
    mix: testMix(simulation, exponential({ mean: 10 })),
    target: {
      handle(request) {
        const sender = request.sender
        const askedAt = simulation.now
        request.sender = {
          answered(answer) {
            if (station.served > laps / 20) times.record(simulation.now - askedAt)
            sender?.answered(answer)
          },
        }
        station.handle(request)
      },
    },
  })
  loop.start()
  while (station.served < laps) simulation.step()
  return times
}

describe('one server and exponential service', () => {
  test.each([
    ['few users', 3, exponential({ mean: 50 })],
    ['many users', 12, exponential({ mean: 50 })],
    ['think times of another kind', 6, lognormal({ median: 30, p95: 200 })],
    ['constant think times', 6, constant(50)],
  ])('%s wait as mean value analysis says', (_, users, thinkMs) => {
    const interval = responseTimes(users, thinkMs, 200_000).interval(0.999)
    expect(interval.relativeHalfWidth).toBeLessThan(0.05)
    expect(covers(interval, mvaResponseMs(users, 10, thinkMs.mean))).toBe(true)
    expect(covers(interval, mvaResponseMs(users + 1, 10, thinkMs.mean))).toBe(false)
  })
})

test('constant times: R = N / X - Z where the server is the limit, R = S where it is not', () => {
  const property = fc.property(
    fc.integer({ min: 1, max: 20 }),
    fc.integer({ min: 1, max: 100 }),
    fc.integer({ min: 0, max: 1000 }),
    (users, serviceMs, thinkMs) => {
      const simulation = createSimulation()
      const station = new TestStation(simulation, 1)
      const mix = testMix(simulation, constant(serviceMs))
      const loop = closedLoop({
        simulation,
        users,
        ...(thinkMs > 0 ? { thinkMs: constant(thinkMs) } : {}),
        mix,
        target: station,
      })
      loop.start()
      // Two laps at least, so that all who came at once have found their place.
      simulation.run(2 * (users * serviceMs + thinkMs))
      loop.statistics.latency.reset()
      simulation.run(simulation.now + 20 * (users * serviceMs + thinkMs))
      const { latency } = loop.statistics
      const responseMs = Math.max(serviceMs, users * serviceMs - thinkMs)
      expect([latency.min, latency.max]).toEqual([responseMs, responseMs])
    },
  )
  fc.assert(property)
})

test('without think time the rate is threads over service time', () => {
  const property = fc.property(
    fc.integer({ min: 1, max: 8 }),
    fc.integer({ min: 0, max: 8 }),
    fc.integer({ min: 1, max: 50 }),
    (threads, more, serviceMs) => {
      const simulation = createSimulation()
      const station = new TestStation(simulation, threads)
      const mix = testMix(simulation, constant(serviceMs))
      const users = threads + more
      closedLoop({ simulation, users, mix, target: station }).start()
      simulation.run(100 * serviceMs)
      expect(station.served).toBe(100 * threads)
    },
  )
  fc.assert(property)
})

test('a user who is refused at once and does not think asks once a millisecond', () => {
  const simulation = createSimulation()
  const target = new TestTarget(simulation, () => ({ afterMs: 0, status: 503 }))
  const loop = closedLoop({
    simulation,
    users: 3,
    mix: testMix(simulation),
    target,
  })
  loop.start()
  simulation.run(100)
  expect(target.handled).toBe(3 * 101)
  expect(loop.statistics).toMatchObject({ asks: 303, attempts: 303, succeeded: 0, failed: 303 })
})

describe('the number of users', () => {
  test('never are more requests open than there are users, and all come back', () => {
    const change = fc.record({ afterMs: fc.nat({ max: 500 }), users: fc.nat({ max: 20 }) })
    const property = fc.property(fc.integer(), fc.array(change), (seed, changes) => {
      const simulation = createSimulation({ seed })
      const station = new TestStation(simulation, 2)
      const mix = testMix(simulation, exponential({ mean: 30 }))
      const thinkMs = exponential({ mean: 100 })
      const loop = closedLoop({ simulation, users: 5, thinkMs, mix, target: station })
      loop.start()
      let most = 5
      for (const { afterMs, users } of changes) {
        simulation.run(simulation.now + afterMs)
        const { open } = loop.statistics
        expect(open).toBeLessThanOrEqual(most)
        loop.setUsers(users)
        expect(loop.users).toBe(users)
        // Those that leave wait for their answers.
        most = Math.max(users, open)
      }
      loop.setUsers(0)
      simulation.run()
      expect(loop.statistics.open).toBe(0)
      expect(loop.statistics.succeeded).toBe(station.served)
      // Every user that is there asks once more when all the others have left.
      loop.setUsers(7)
      const { asks } = loop.statistics
      while (loop.statistics.asks < asks + 7) simulation.step()
      loop.setUsers(0)
      simulation.run()
      expect(simulation.pending).toBe(0)
    })
    fc.assert(property)
  })

  test('follows a profile, one user at a time', () => {
    const profile: readonly UserPoint[] = [
      { atMs: 1000, users: 0 },
      { atMs: 5000, users: 4 },
      { atMs: 6000, users: 4 },
      { atMs: 6000, users: 1 },
      { atMs: 8000, users: 3 },
      { atMs: 8600, users: 0 },
    ]
    const simulation = createSimulation()
    const loop = closedLoop({
      simulation,
      users: profile,
      thinkMs: constant(10_000),
      mix: testMix(simulation),
      target: new TestStation(simulation, 1),
    })
    loop.start()
    const steps: number[][] = []
    for (let users = loop.users; simulation.step(); users = loop.users) {
      if (loop.users !== users) steps.push([simulation.now, loop.users])
    }
    expect(steps).toEqual([
      [2000, 1],
      [3000, 2],
      [4000, 3],
      [5000, 4],
      [6000, 1],
      [7000, 2],
      [8000, 3],
      [8200, 2],
      [8400, 1],
      [8600, 0],
    ])
    expect(loop.statistics.asks).toBe(0)
  })

  test('each user has a session of its own, and a new one when it comes again', () => {
    const simulation = createSimulation()
    const sessions: (number | undefined)[] = []
    const loop = closedLoop({
      simulation,
      users: 2,
      thinkMs: constant(10),
      mix: testMix(simulation),
      target: new TestTarget(simulation, ({ session }) => {
        sessions.push(session?.id)
        return { afterMs: 10, status: 200 }
      }),
    })
    loop.start()
    simulation.run(35)
    loop.setUsers(1)
    simulation.run(55)
    loop.setUsers(2)
    simulation.run(75)
    expect(sessions).toEqual([1, 2, 1, 2, 1, 3, 1])
  })
})
