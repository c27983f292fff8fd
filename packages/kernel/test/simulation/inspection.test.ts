import { expect, test } from 'vitest'
import { createSimulation, type InspectionEvent, type Simulation } from '../../src/index.js'

interface Shop {
  readonly simulation: Simulation
  served: number
}

function serve(shop: Shop, customers: number): void {
  shop.served += customers
}

function open(): { simulation: Simulation; shop: Shop; play: () => void } {
  const simulation = createSimulation()
  const shop: Shop = { simulation, served: 0 }
  const play = (): void => {
    const patience = simulation.timeout(30, function giveUp() {})
    simulation.source(
      (nowMs) => (nowMs < 20 ? 20 : Number.POSITIVE_INFINITY),
      function arrive() {},
      shop,
    )
    simulation.schedule(10, serve, shop, 2)
    simulation.cancel(simulation.schedule(50, serve, shop))
    patience.cancel(patience.arm(shop))
    patience.arm(shop)
    simulation.run()
  }
  return { simulation, shop, play }
}

test('an inspector is told what happens, in order', () => {
  const { simulation, shop, play } = open()
  const told: string[] = []
  const targets = new Set<unknown>()
  simulation.inspect((event: InspectionEvent) => {
    if (event.type === 'cancelled') {
      told.push(`${event.nowMs} cancelled ${event.kind}`)
      return
    }
    targets.add(event.target)
    told.push(`${event.nowMs} ${event.type} ${event.kind} ${event.handler} for ${event.dueMs}`)
  })
  play()
  expect(told).toEqual([
    '0 scheduled source arrive for 20',
    '0 scheduled event serve for 10',
    '0 scheduled event serve for 50',
    '0 cancelled event',
    '0 scheduled timeout giveUp for 30',
    '0 cancelled timeout',
    '0 scheduled timeout giveUp for 30',
    '10 executed event serve for 10',
    '20 executed source arrive for 20',
    '20 scheduled source arrive for Infinity',
    '30 executed timeout giveUp for 30',
  ])
  expect([...targets]).toEqual([shop])
  expect(shop.served).toBe(2)
})

test('numbers and arguments tell which event it is', () => {
  const { simulation, play } = open()
  const scheduled = new Map<number, number>()
  let executed = 0
  simulation.inspect((event) => {
    if (event.type === 'scheduled') scheduled.set(event.sequence, event.dueMs)
    if (event.type !== 'executed') return
    executed += 1
    expect(scheduled.get(event.sequence)).toBe(event.dueMs)
    if (event.kind === 'event') expect(event.arg).toBe(2)
  })
  play()
  expect(executed).toBe(simulation.executed)
})

test('inspecting changes nothing, and ends on request', () => {
  const plain = open()
  plain.play()
  const { simulation, play } = open()
  let told = 0
  const end = simulation.inspect(() => {
    told += 1
  })
  const endOther = simulation.inspect(() => {})
  play()
  expect([simulation.now, simulation.executed]).toEqual([
    plain.simulation.now,
    plain.simulation.executed,
  ])
  const before = told
  end()
  end()
  simulation.schedule(1, () => {}, null)
  simulation.run()
  expect(told).toBe(before)
  endOther()
})
