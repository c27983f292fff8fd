import { type AddOn, type AddOnCall, type DynoProcess, type Step, Work } from '@celadon/contracts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createTestApp, puppet } from '../test-app.js'

const STEPS: Readonly<Record<string, readonly Step[]>> = {
  computing: [{ type: 'cpu', share: 1 }],
  waiting: [{ type: 'wait', share: 1 }],
  calling: [{ type: 'call', share: 1, addOn: 'DATABASE', operations: 1 }],
  sending: [{ type: 'send', bytes: 10 }],
}

/** A process under a lock, on a dyno with one core, and a database that answers after 100 ms. */
function bench(threads = 3) {
  const connections = { opened: 0, closed: 0 }
  const database = (schedule: (call: AddOnCall) => void): AddOn => ({
    configVars: {},
    connect() {
      connections.opened += 1
      return null
    },
    disconnect(count) {
      connections.closed += count
    },
    call: schedule,
  })
  let spawned: DynoProcess | null = null
  const memory = { startMb: 1, fullMb: 1, growthWorks: 0, leakMb: 0 }
  const { program } = puppet({
    start(host) {
      spawned = host.spawn({ threads, globalLock: { sliceMs: 100 }, memory })
      return { terminate() {}, kill() {} }
    },
  })
  const app = createTestApp({
    program,
    addOns: (simulation) => ({
      DATABASE: database((call) => simulation.schedule(100, (one) => one.finish(), call)),
    }),
  })
  app.manifold.scale('web', 1, 'running')
  const { simulation } = app
  const process = spawned as unknown as DynoProcess
  const ends: string[] = []
  const run = (name: string, kind: string): Work => {
    const work = new Work()
    work.demandMs = 100
    work.steps = STEPS[kind] ?? []
    work.output = { send: () => 100 }
    process.run(
      work,
      (_, label) => ends.push(`${simulation.now} ${label} ${work.error}`),
      null,
      name,
    )
    return work
  }
  return { simulation, process, run, ends, connections }
}

test.each(Object.keys(STEPS))('a thread that is %s can be interrupted', (kind) => {
  const { simulation, process, run, ends, connections } = bench(1)
  const work = run('first', kind)
  simulation.run(40)
  expect(process.interrupt(work, 'Timeout')).toBe(true)
  expect(ends).toEqual(['40 first Timeout'])
  expect(process.idle).toBe(1)
  expect(process.interrupt(work, 'Timeout')).toBe(false)
  // What the first one was waiting for must not end the second one's wait.
  const next = run('second', kind)
  simulation.run()
  expect(ends.slice(1)).toEqual(['140 second null'])
  expect(next.error).toBeNull()
  const calls = kind === 'calling' ? 2 : 0
  expect(connections).toEqual({ opened: calls, closed: calls === 0 ? 0 : 1 })
})

test('who waits for the lock can be interrupted, and who holds it hands it on', () => {
  const { simulation, process, run, ends } = bench()
  const works = ['first', 'second', 'third'].map((name) => run(name, 'computing'))
  simulation.run(10)
  process.interrupt(works[1] as Work, 'Timeout')
  process.interrupt(works[0] as Work, 'Timeout')
  simulation.run()
  expect(ends).toEqual(['10 second Timeout', '10 first Timeout', '110 third null'])
})

test('whatever is interrupted, every unit of work ends once and no thread is lost', () => {
  const kinds = Object.keys(STEPS)
  const event = fc.record({
    gapMs: fc.nat(60),
    kind: fc.constantFrom(...kinds),
    victim: fc.option(fc.nat(20)),
  })
  fc.assert(
    fc.property(fc.array(event, { maxLength: 60 }), (events) => {
      const { simulation, process, run, ends, connections } = bench(4)
      const works: Work[] = []
      for (const { gapMs, kind, victim } of events) {
        simulation.run(simulation.now + gapMs)
        if (process.idle > 0) works.push(run(`${works.length}`, kind))
        const work = victim === null ? undefined : works[victim]
        if (work !== undefined) process.interrupt(work, 'Timeout')
      }
      simulation.run()
      const names = ends.map((end) => Number(end.split(' ')[1]))
      expect(names.toSorted((one, other) => one - other)).toEqual(works.map((_, index) => index))
      expect(process.idle).toBe(4)
      expect(connections.opened - connections.closed).toBeLessThanOrEqual(4)
      process.kill()
      expect(connections.closed).toBe(connections.opened)
    }),
  )
})

test('an occupied thread is not idle until it is vacated', () => {
  const { process } = bench(2)
  process.occupy()
  process.occupy()
  expect(process.idle).toBe(0)
  expect(() => process.occupy()).toThrow(/all 2 of its threads are at work/)
  process.vacate()
  expect(process.idle).toBe(1)
  process.kill()
  process.vacate()
  expect(process.idle).toBe(0)
})
