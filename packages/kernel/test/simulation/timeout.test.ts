import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createSimulation } from '../../src/index.js'
import { kernelEngine, naiveEngine } from './naive-simulation.js'
import { timerPrograms, trace } from './random-program.js'

test('timers expire as scheduled events would, in ties with events and with other rings', () => {
  fc.assert(
    fc.property(timerPrograms, (program) => {
      expect(trace(program, kernelEngine)).toEqual(trace(program, naiveEngine))
    }),
    { numRuns: 500 },
  )
})

interface Patient {
  expiredAt: number
}

test('a ring that grows while timers come and go loses none', () => {
  const simulation = createSimulation()
  const ring = simulation.timeout(30, (patient: Patient) => {
    patient.expiredAt = simulation.now
  })
  const patients: Patient[] = []
  const tickets: number[] = []
  const expected: number[] = []
  const arrive = (_: null, arrival: number): void => {
    const patient = { expiredAt: -1 }
    patients.push(patient)
    tickets.push(ring.arm(patient))
    const cancelled = arrival % 3 === 1
    expected.push(cancelled ? -1 : simulation.now + ring.delayMs)
    if (cancelled) simulation.schedule(20, cancel, null, arrival)
    // Arrivals come faster and faster: from one at a time to 3000 within the delay.
    if (arrival < 12_000) simulation.schedule(40 / (1 + arrival / 3), arrive, null, arrival + 1)
  }
  const cancel = (_: null, arrival: number): void => {
    expect(ring.cancel(tickets[arrival] ?? -1)).toBe(true)
  }
  simulation.schedule(0, arrive, null)
  simulation.run()
  expect(patients.map(({ expiredAt }) => expiredAt)).toEqual(expected)
})

test('a handler that throws costs its own timer only', () => {
  const simulation = createSimulation()
  const seen: number[] = []
  const ring = simulation.timeout(10, (patient: Patient) => {
    if (patient.expiredAt === -2) throw new Error('broken model')
    seen.push(simulation.now)
  })
  ring.arm({ expiredAt: -2 })
  simulation.schedule(1, () => ring.arm({ expiredAt: -1 }), null)
  simulation.schedule(50, () => seen.push(simulation.now), null)
  expect(() => simulation.run()).toThrow('broken model')
  simulation.run()
  expect(seen).toEqual([11, 50])
})

test('cancelling tells whether the timer was still armed', () => {
  const simulation = createSimulation()
  const ring = simulation.timeout(10, () => {})
  const ticket = ring.arm({})
  expect(ring.cancel(ticket)).toBe(true)
  expect(ring.cancel(ticket)).toBe(false)
  const expired = ring.arm({})
  simulation.run()
  expect(ring.cancel(expired)).toBe(false)
  // The ring uses its places again: no old ticket may reach a timer that is armed today.
  for (let timer = 0; timer < 1000; timer += 1) {
    ring.arm({})
    expect(ring.cancel(expired)).toBe(false)
    expect(ring.cancel(-1)).toBe(false)
    simulation.run()
  }
  expect(ring.cancel(5000)).toBe(false)
})
