import type { HttpRequest } from '@celadon/contracts'
import { constant, createSimulation, exponential, RateProfile } from '@celadon/kernel'
import { expect, test } from 'vitest'
import { openLoop, RequestMix, RequestPool, type RequestTarget } from '../../src/index.js'
import { isBelievable } from './binomial.js'
import { testMix } from './test-mix.js'
import { TestTarget } from './test-target.js'

const RATE = [
  { atMs: 0, perSecond: 10 },
  { atMs: 1_800_000, perSecond: 40 },
  { atMs: 3_600_000, perSecond: 0 },
]

/** When each request of an open loop comes, and what it demands. */
function arrivals(
  target: (simulation: ReturnType<typeof createSimulation>) => RequestTarget,
  others: readonly string[] = [],
): string[] {
  const simulation = createSimulation({ seed: 'open' })
  const seen: string[] = []
  const pool = new RequestPool()
  for (const name of [...others, 'clients']) {
    const inner = target(simulation)
    openLoop({
      simulation,
      name,
      arrivals: new RateProfile(RATE),
      mix: testMix(simulation, exponential({ mean: 50 }), { pool, name }),
      target: {
        handle(request) {
          if (name === 'clients') seen.push(`${simulation.now} ${request.work.demandMs}`)
          inner.handle(request)
        },
      },
    }).start()
  }
  simulation.run(60_000)
  return seen
}

test('requests come at the rate of the profile, whatever becomes of them', () => {
  const simulation = createSimulation({ seed: 'rate' })
  const target = new TestTarget(simulation, () => null)
  const profile = new RateProfile(RATE)
  const loop = openLoop({ simulation, arrivals: profile, mix: testMix(simulation), target })
  loop.start()
  simulation.run(3_600_000)
  expect(loop.sent).toBe(target.handled)
  const expected = profile.expected(0, 3_600_000)
  // Five standard deviations of a Poisson count.
  expect(Math.abs(loop.sent - expected)).toBeLessThan(5 * Math.sqrt(expected))
})

test('two platforms get equal requests at equal times', () => {
  const silent = arrivals((simulation) => new TestTarget(simulation, () => null))
  const quick = arrivals((simulation) => {
    return new TestTarget(simulation, () => ({ afterMs: 0, status: 500 }))
  })
  expect(silent.length).toBeGreaterThan(400)
  expect(quick).toEqual(silent)
})

test('another group of clients takes nothing from the streams of this one', () => {
  const target = (simulation: ReturnType<typeof createSimulation>): RequestTarget =>
    new TestTarget(simulation, () => null)
  expect(arrivals(target, ['crawlers'])).toEqual(arrivals(target))
})

test('a loop that was stopped sends nothing until it is started again', () => {
  const simulation = createSimulation()
  const target = new TestTarget(simulation, () => null)
  const loop = openLoop({
    simulation,
    arrivals: new RateProfile([{ atMs: 0, perSecond: 100 }]),
    mix: testMix(simulation),
    target,
  })
  loop.start()
  simulation.run(1000)
  loop.stop()
  const { sent } = loop
  expect(sent).toBeGreaterThan(50)
  simulation.run(2000)
  expect(loop.sent).toBe(sent)
  loop.start()
  simulation.run(3000)
  expect(loop.sent).toBeGreaterThan(sent + 50)
})

test('endpoints come as often as their weights say, with what the mix gives to each', () => {
  const simulation = createSimulation({ seed: 'weights' })
  const link = { uploadBytesPerMs: 10, downloadBytesPerMs: 100 }
  const webSocket = { lengthMs: 60_000, clientEveryMs: 1000, dynoEveryMs: Infinity }
  const page = { method: 'GET', path: '/', responseBytes: 1 }
  const socket = { method: 'GET', path: '/cable', responseBytes: 0 }
  const steps = [{ type: 'wait', share: 1 }] as const
  const mix = new RequestMix({
    simulation,
    pool: new RequestPool(),
    parts: [
      { endpoint: page, weight: 3, demandMs: constant(5), steps },
      { endpoint: socket, demandMs: constant(7), webSocket },
    ],
    link,
    patienceMs: constant(20_000),
    sessions: 4,
  })
  const requests: HttpRequest[] = Array.from({ length: 4000 }, () => mix.next())
  expect(requests.map(({ id }) => id)).toEqual(requests.map((_, index) => index + 1))
  const sockets = requests.filter(({ endpoint }) => endpoint === socket)
  expect(isBelievable(sockets.length, requests.length, 1 / 4)).toBe(true)
  for (const request of requests) {
    const isSocket = request.endpoint === socket
    expect(request.webSocket).toBe(isSocket ? webSocket : null)
    expect(request.work.demandMs).toBe(isSocket ? 7 : 5)
    if (!isSocket) expect(request.work.steps).toBe(steps)
    expect(request.link).toBe(link)
    expect(request.patienceMs).toBe(20_000)
  }
  for (const id of [1, 2, 3, 4]) {
    const visits = requests.filter(({ session }) => session?.id === id).length
    expect(isBelievable(visits, requests.length, 1 / 4)).toBe(true)
  }
})

test('groups of clients that share a pool share no session and no request id', () => {
  const simulation = createSimulation()
  const pool = new RequestPool()
  const mixes = ['visitors', 'crawlers'].map((name) =>
    testMix(simulation, constant(1), { pool, name, sessions: 3 }),
  )
  const requests = Array.from({ length: 200 }, () => mixes.map((mix) => mix.next())).flat()
  expect(new Set(requests.map(({ id }) => id)).size).toBe(400)
  expect(new Set(requests.map(({ session }) => session?.id))).toEqual(new Set([1, 2, 3, 4, 5, 6]))
})

test('a request that comes back from the pool has nothing of its former life', () => {
  const simulation = createSimulation()
  const pool = new RequestPool()
  const demanding = testMix(simulation, constant(5), {
    pool,
    patienceMs: constant(1),
    sessions: 1,
    link: { uploadBytesPerMs: 1, downloadBytesPerMs: 1 },
  })
  const used = demanding.next()
  used.retain()
  used.release()
  const again = testMix(simulation, constant(5), { pool }).next()
  expect(again).toBe(used)
  const fresh = testMix(simulation, constant(5)).next()
  expect(again).toMatchObject({
    id: 2,
    session: null,
    patienceMs: fresh.patienceMs,
    link: fresh.link,
  })
})
