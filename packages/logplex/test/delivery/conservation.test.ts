// From dyno to logplex: every line is delivered, dropped, lost, refused or on its way.

import { createSimulation, RandomStream, type Simulation } from '@celadon/kernel'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  createLogplex,
  type DeliveryOptions,
  type DeliveryStatistics,
  type Logplex,
} from '../../src/index.js'
import { textOf } from '../text-of.js'

/** A log that can be read whole. */
function newLog(simulation: Simulation, delivery: DeliveryOptions): [Logplex, () => string[]] {
  const generation = 'router-2.0'
  const logplex = createLogplex({ simulation, generation, host: 'www.example.com', delivery })
  let text = ''
  const firehose = logplex.firehose((chunk) => {
    text += textOf(chunk)
  })
  return [
    logplex,
    () => {
      firehose.flush()
      return text.split('\n').slice(0, -1)
    },
  ]
}

function statisticsOf(logplex: Logplex): DeliveryStatistics {
  const { delivery } = logplex
  if (delivery === null) throw new Error('the log has no delivery')
  return delivery
}

function total(statistics: DeliveryStatistics): number {
  const { delivered, dropped, lost, refused, overflowed, waiting } = statistics
  return delivered + dropped + lost + refused + overflowed + waiting
}

/** A process that prints bursts of numbered lines. */
class Chatterbox {
  printed = 0

  constructor(
    readonly simulation: Simulation,
    readonly logplex: Logplex,
    readonly process: string,
    readonly random: RandomStream,
    readonly linesPerSecond: number,
    readonly untilMs: number,
  ) {}
}

function chatter(box: Chatterbox): void {
  const { simulation, random, linesPerSecond } = box
  const burst = 1 + random.below(2000)
  for (let line = 0; line < burst; line += 1) {
    box.printed += 1
    box.logplex.write('app', box.process, `line ${box.printed}`)
  }
  const gapMs = random.exponential((burst * 1000) / linesPerSecond)
  if (simulation.now + gapMs < box.untilMs) simulation.schedule(gapMs, chatter, box)
}

const outages = fc
  .array(
    fc.record({
      pauseMs: fc.nat({ max: 10_000 }),
      lengthMs: fc.nat({ max: 15_000 }),
      answer: fc.constantFrom('none' as const, 'closed' as const, 'error' as const),
    }),
    { maxLength: 3 },
  )
  .map((periods) => {
    let endMs = 0
    return periods.map(({ pauseMs, lengthMs, answer }) => {
      const fromMs = endMs + pauseMs
      endMs = fromMs + lengthMs
      return { fromMs, toMs: endMs, answer }
    })
  })

const options: fc.Arbitrary<DeliveryOptions> = fc
  .record({
    roundTripMs: fc.oneof(fc.constant(0), fc.nat({ max: 50 }), fc.nat({ max: 4999 })),
    outages,
    linesPerSecond: fc.option(fc.integer({ min: 50, max: 20_000 })),
  })
  .map(({ linesPerSecond, ...rest }) =>
    linesPerSecond === null ? rest : { ...rest, linesPerSecond },
  )

function reported(lines: readonly string[], code: 'L12' | 'L13'): number {
  let count = 0
  for (const line of lines) {
    const match = line.match(
      / app\[log-shuttle\]: Error (L1[23]): (\d+) messages (\w+) since (\S+)\.$/,
    )
    if (match?.[1] !== code) continue
    expect(match[3]).toBe(code === 'L12' ? 'dropped' : 'lost')
    expect(String(match[4]) <= line.slice(0, 32)).toBe(true)
    count += Number(match[2])
  }
  return count
}

describe('whatever the dynos print and however logplex fares', () => {
  test('no line is unaccounted for, none comes twice, and reports tell the truth', () => {
    fc.assert(
      fc.property(
        options,
        fc.integer({ min: 10, max: 30_000 }),
        fc.nat(),
        (delivery, linesPerSecond, seed) => {
          const simulation = createSimulation({ eventsMax: 2_000_000 })
          const [logplex, linesOf] = newLog(simulation, delivery)
          const random = new RandomStream(String(seed))
          const boxes = ['web.1', 'worker.1'].map(
            (process) => new Chatterbox(simulation, logplex, process, random, linesPerSecond, 6000),
          )
          for (const box of boxes) chatter(box)
          for (let ms = 0; ms < 6000; ms += 500) {
            simulation.run(ms)
            const statistics = statisticsOf(logplex)
            expect(total(statistics)).toBe(statistics.taken)
            // 55 batches and one that is filled for each of the two, and 2000 in logplex.
            expect(statistics.waiting).toBeLessThanOrEqual(2 * 55 * 500 + 2000)
          }
          simulation.run()
          const statistics = statisticsOf(logplex)
          expect(statistics.waiting).toBe(0)
          expect(total(statistics)).toBe(statistics.taken)
          expect(statistics.taken).toBe(boxes.reduce((sum, box) => sum + box.printed, 0))

          const lines = linesOf()
          const own = lines.filter((line) => line.includes(']: line '))
          expect(own).toHaveLength(statistics.delivered)
          expect(new Set(own.map((line) => line.slice(33))).size).toBe(own.length)
          const drops = reported(lines, 'L12')
          const losses = reported(lines, 'L13')
          expect(drops + losses).toBe(statistics.reported)
          expect(drops).toBeLessThanOrEqual(statistics.dropped)
          expect(losses).toBeLessThanOrEqual(statistics.lost)
          expect(logplex.lines).toBe(lines.length)
        },
      ),
      { numRuns: 25 },
    )
  })
})

describe('a dyno that prints more than log-shuttle can post', () => {
  test('loses whole batches, and each of their lines is told of', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1500, max: 4900 }),
        fc.integer({ min: 1, max: 9 }),
        (roundTripMs, batches) => {
          const simulation = createSimulation()
          const [logplex, linesOf] = newLog(simulation, { roundTripMs })
          // Four batches are being posted, 50 wait, the others are one too many each.
          const lines = (54 + batches) * 500
          for (let line = 1; line <= lines; line += 1) logplex.write('app', 'web.1', `line ${line}`)
          expect(statisticsOf(logplex)).toMatchObject({ taken: lines, dropped: batches * 500 })
          simulation.run()
          expect(statisticsOf(logplex)).toMatchObject({
            delivered: 54 * 500,
            lost: 0,
            reported: batches * 500,
            waiting: 0,
          })
          expect(reported(linesOf(), 'L12')).toBe(batches * 500)
        },
      ),
      { numRuns: 10 },
    )
  })

  test('delivers what four senders of 500 lines carry, however much it prints', () => {
    const simulation = createSimulation()
    const roundTripMs = 1000
    const [logplex] = newLog(simulation, { roundTripMs })
    simulation.source(
      () => 50,
      () => {
        for (let line = 0; line < 250; line += 1) logplex.write('app', 'web.1', 'x')
      },
      null,
    )
    simulation.run(120_050)
    const { taken, delivered, dropped, lost, waiting } = statisticsOf(logplex)
    expect(taken).toBe(2401 * 250)
    expect(lost).toBe(0)
    // 4 x 500 lines a second from the first batches on, which take 50 ms each to fill.
    expect(delivered).toBeGreaterThanOrEqual(119 * 2000)
    expect(delivered).toBeLessThanOrEqual(120 * 2000)
    expect(delivered + dropped + waiting).toBe(taken)
  })
})
