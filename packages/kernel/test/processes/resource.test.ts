import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  createSimulation,
  type Discipline,
  Interruption,
  type Process,
  type ProcessGenerator,
  Resource,
  type Simulation,
  startProcess,
} from '../../src/index.js'
import { type Scenario, startTimes, type Visit } from './reference-resource.js'

const DISCIPLINES: readonly Discipline[] = ['fifo', 'lifo', 'priority']

/** Durations so fine that no two things happen at the same time. */
const duration = fc.noBias(fc.integer({ min: 1, max: 10_000_000 })).map((n) => n / 1e6)

function scenarios(discipline: Discipline): fc.Arbitrary<Scenario> {
  const visit = fc.record({
    gapMs: duration,
    serviceMs: duration.map((ms) => ms * 3),
    priority: fc.integer({ min: 0, max: discipline === 'priority' ? 2 : 0 }),
    patienceMs: fc.option(duration, { nil: Number.POSITIVE_INFINITY }),
  })
  const change = fc.record({ atMs: duration.map((ms) => ms * 8), capacity: fc.nat({ max: 4 }) })
  return fc
    .record({ visits: fc.array(visit, { maxLength: 25 }), changes: fc.array(change) })
    .map(({ visits, changes }) => {
      let arriveAt = 0
      return {
        discipline,
        visits: visits.map(({ gapMs, ...rest }): Visit => {
          arriveAt += gapMs
          return { arriveAt, ...rest }
        }),
        changes: [{ atMs: 0, capacity: 2 }, ...changes.sort((a, b) => a.atMs - b.atMs)],
      }
    })
}

interface Place {
  readonly simulation: Simulation
  readonly server: Resource
  readonly started: (number | null)[]
}

function openPlace({ discipline, changes }: Scenario): Place {
  const simulation = createSimulation()
  const server = new Resource(simulation, { capacity: 2, discipline })
  for (const { atMs, capacity } of changes) {
    simulation.schedule(atMs, (changed: Resource) => changed.setCapacity(capacity), server)
  }
  return { simulation, server, started: [] }
}

function byProcesses(scenario: Scenario): (number | null)[] {
  const { simulation, server, started } = openPlace(scenario)
  function* visitor(id: number, { arriveAt, serviceMs, ...options }: Visit): ProcessGenerator {
    yield arriveAt
    started[id] = null
    if (!(yield* server.acquire(options))) return
    started[id] = simulation.now
    yield serviceMs
    server.release()
  }
  for (const [id, visit] of scenario.visits.entries()) startProcess(simulation, visitor, id, visit)
  simulation.run()
  return started
}

function byHandlers(scenario: Scenario): (number | null)[] {
  const { simulation, server, started } = openPlace(scenario)
  function arrive(visit: Visit, id: number): void {
    started[id] = null
    server.request(serve, visit, id, visit)
  }
  function serve(visit: Visit, id: number): void {
    started[id] = simulation.now
    simulation.schedule(visit.serviceMs, leave, server)
  }
  function leave(released: Resource): void {
    released.release()
  }
  for (const [id, visit] of scenario.visits.entries()) {
    simulation.schedule(visit.arriveAt, arrive, visit, id)
  }
  simulation.run()
  return started
}

describe.each(DISCIPLINES)('a resource with the discipline %s', (discipline) => {
  test('serves as a model without events does, whatever happens to its capacity', () => {
    fc.assert(
      fc.property(scenarios(discipline), (scenario) => {
        const expected = startTimes(scenario)
        expect(byProcesses(scenario)).toEqual(expected)
        expect(byHandlers(scenario)).toEqual(expected)
      }),
      { numRuns: 300 },
    )
  })
})

test.each(DISCIPLINES)(
  'requests that are cancelled leave the order of the others alone: %s',
  (discipline) => {
    const request = fc.record({
      priority: fc.nat({ max: discipline === 'priority' ? 50 : 0 }),
      cancelled: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(request, { minLength: 10, maxLength: 80, size: 'max' }), (all) => {
        const simulation = createSimulation()
        const server = new Resource(simulation, { capacity: 0, discipline })
        const served: number[] = []
        const serve = (_: null, id: number) => served.push(id)
        const requests = all.map((options, id) => server.request(serve, null, id, options))
        const left = all.flatMap((each, id) => (each.cancelled ? [] : { ...each, id }))
        for (const [id, each] of requests.entries()) {
          if (all[id]?.cancelled && each !== null) server.cancel(each)
        }
        server.setCapacity(all.length)
        simulation.run()
        if (discipline === 'lifo') left.reverse()
        // Sorting is stable: equal priorities stay in the order of arrival.
        else left.sort((a, b) => a.priority - b.priority)
        expect(served).toEqual(left.map(({ id }) => id))
      }),
      { numRuns: 200 },
    )
  },
)

const rarely = (max: number) => fc.option(fc.nat({ max }), { freq: 2, nil: Infinity })
const crowds = fc.record({
  discipline: fc.constantFrom(...DISCIPLINES),
  // Whole milliseconds, so that much happens at the same time.
  visitors: fc.array(
    fc.record({
      gapMs: fc.nat({ max: 2 }),
      serviceMs: fc.nat({ max: 6 }),
      patienceMs: rarely(5),
      interruptedAfterMs: rarely(8),
    }),
    { maxLength: 40 },
  ),
  changes: fc.array(fc.record({ gapMs: fc.nat({ max: 6 }), capacity: fc.nat({ max: 4 }) })),
})

test('nobody is lost, nobody waits beside a free server, and every server comes back', () => {
  fc.assert(
    fc.property(crowds, ({ discipline, visitors, changes }) => {
      const simulation = createSimulation()
      const server = new Resource(simulation, { capacity: 2, discipline })
      let waitedMs = 0
      let heldMs = 0
      let ended = 0

      function check(): void {
        const { arrived, busy, queue, served, reneged, cancelled, capacity } = server
        expect(arrived).toBe(busy.value + queue.value + served + reneged + cancelled)
        expect(queue.value === 0 || busy.value >= capacity).toBe(true)
        expect(queue.value).toBeGreaterThanOrEqual(0)
      }

      function* visit(serviceMs: number, patienceMs: number): ProcessGenerator {
        const arrivedAt = simulation.now
        let hasServer = false
        try {
          hasServer = yield* server.acquire({ patienceMs })
        } finally {
          waitedMs += simulation.now - arrivedAt
        }
        check()
        if (!hasServer) return
        const startedAt = simulation.now
        try {
          yield serviceMs
        } finally {
          heldMs += simulation.now - startedAt
          server.release()
          check()
        }
      }

      function* visitor(serviceMs: number, patienceMs: number): ProcessGenerator {
        try {
          yield* visit(serviceMs, patienceMs)
        } catch (error) {
          if (!(error instanceof Interruption)) throw error
          check()
        }
        ended += 1
      }

      startProcess(simulation, function* arrivals() {
        for (const { gapMs, serviceMs, patienceMs, interruptedAfterMs } of visitors) {
          yield gapMs
          const process: Process = startProcess(simulation, visitor, serviceMs, patienceMs)
          check()
          simulation.schedule(interruptedAfterMs, () => process.interrupt('enough'), null)
        }
      })
      startProcess(simulation, function* changing() {
        for (const { gapMs, capacity } of changes) {
          yield gapMs
          server.setCapacity(capacity)
          check()
        }
        server.setCapacity(1)
      })
      simulation.run(1000)

      const { arrived, busy, queue } = server
      expect([arrived, ended]).toEqual([visitors.length, visitors.length])
      expect([busy.value, queue.value]).toEqual([0, 0])
      // Little's law on this path: whole numbers, so the sums are exact.
      expect(queue.integral(simulation.now)).toBe(waitedMs)
      expect(busy.integral(simulation.now)).toBe(heldMs)
    }),
    { numRuns: 500 },
  )
})

describe('requests of handlers', () => {
  test('get a free server before the call returns, else an event of their own', () => {
    const simulation = createSimulation()
    const server = new Resource(simulation)
    const log: string[] = []
    const serve = (name: string, arg: number) => log.push(`${name} ${arg} at ${simulation.now}`)
    expect(server.request(serve, 'first', 1)).toBeNull()
    expect(server.request(serve, 'second', 2)).not.toBeNull()
    simulation.run(10)
    server.release()
    log.push('released')
    simulation.run()
    expect(log).toEqual(['first 1 at 0', 'released', 'second 2 at 10'])
  })

  test('tell who gives up', () => {
    const simulation = createSimulation()
    const server = new Resource(simulation, { capacity: 0 })
    const log: string[] = []
    const reneged = (name: string, arg: number) => log.push(`${name} ${arg} at ${simulation.now}`)
    const served = () => log.push('served')
    server.request(served, 'hasty', 1, { patienceMs: 10, reneged })
    server.request(served, 'silent', 2, { patienceMs: 20 })
    simulation.run()
    expect(log).toEqual(['hasty 1 at 10'])
    expect(server.reneged).toBe(2)
    expect(server.queue.value).toBe(0)
  })

  test('can be cancelled until they are served, and only once', () => {
    const simulation = createSimulation()
    const server = new Resource(simulation)
    const log: string[] = []
    const serve = (name: string) => log.push(name)
    server.request(serve, 'first')
    const [second, third, fourth] = ['second', 'third', 'fourth'].map((name) =>
      server.request(serve, name),
    )
    if (!second || !third || !fourth) return expect.unreachable()
    expect(server.cancel(third)).toBe(true)
    expect(server.cancel(third)).toBe(false)
    server.release()
    // The server is on its way to the second one, who does not want it any more.
    expect(server.cancel(second)).toBe(true)
    expect(server.cancel(second)).toBe(false)
    simulation.run()
    expect(server.cancel(fourth)).toBe(false)
    expect(log).toEqual(['first', 'fourth'])
    expect(server).toMatchObject({ arrived: 4, served: 1, cancelled: 2 })
    expect(server.busy.value).toBe(1)
  })
})

test('a server that is asked for before it is waited for is kept', () => {
  const simulation = createSimulation()
  const server = new Resource(simulation)
  const times: (number | boolean)[] = []
  server.request(() => {}, null)
  startProcess(simulation, function* () {
    const turn = server.acquire()
    const late = server.acquire({ patienceMs: 5 })
    yield 30
    times.push(yield* turn, simulation.now, yield* late)
  })
  simulation.run(10)
  server.release()
  simulation.run()
  expect(times).toEqual([true, 30, false])
  expect(server.busy.value).toBe(1)
})
