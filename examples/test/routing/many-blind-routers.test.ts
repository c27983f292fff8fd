import { describe, expect, test } from 'vitest'
import { run } from '../../routing/many-blind-routers.js'

const { rows } = run({ replications: 4, routers: [1, 4, 16, 256], requests: 15_000 })
const [one, ...more] = rows
const last = rows.at(-1)

// Intervals of 95 % that do not touch differ with a certainty of far more than 95 %.
describe.each(['leastConnections', 'oneEach'] as const)('%s', (view) => {
  test('waits longer the more routers there are', () => {
    for (const [index, row] of more.entries()) {
      const fewer = rows[index]
      expect(row[view].low).toBeGreaterThan(fewer?.[view].high ?? Number.NaN)
    }
  })

  test('is near to the best alone and near to chance with many routers', () => {
    expect(one?.[view].high).toBeLessThan(0.05 * (one?.random.low ?? 0))
    expect(last?.[view].low).toBeGreaterThan(0.75 * (last?.random.high ?? 0))
  })
})

test('routers that know the dynos themselves wait the same, however many there are', () => {
  for (const { informed } of more) {
    expect(informed.low).toBeLessThan(one?.informed.high ?? Number.NaN)
    expect(informed.high).toBeGreaterThan(one?.informed.low ?? Number.NaN)
  }
})
