// Every line that a drain took is somewhere, at any moment, whatever its consumer does.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type DrainBatch,
  type SimulatedConsumerOptions,
  simulatedConsumer,
} from '../../src/index.js'
import { accounted, drainedLog, numbersOf, reportedBy, textsOf, writeLines } from './drained-log.js'

const RUN_MS = 900_000

const outages = fc.uniqueArray(fc.nat(RUN_MS), { minLength: 0, maxLength: 8 }).chain((times) => {
  const sorted = [...times].sort((a, b) => a - b)
  const pairs = Array.from({ length: Math.floor(sorted.length / 2) }, (_, index) => index * 2)
  return fc.tuple(
    ...pairs.map((at) =>
      fc.record({
        fromMs: fc.constant(sorted[at] ?? 0),
        toMs: fc.constant(sorted[at + 1] ?? 0),
        manner: fc.constantFrom('refuses' as const, 'silent' as const),
      }),
    ),
  )
})

const behaviour: fc.Arbitrary<Omit<SimulatedConsumerOptions, 'scheduler' | 'status'>> = fc.record({
  connectMs: fc.constantFrom(0, 2, 3500, 6000),
  messagesPerSecond: fc.constantFrom(1, 5, 50, 500, Number.POSITIVE_INFINITY),
  answerMs: fc.constantFrom(0, 1, 900, 4500, 5500),
  outages,
})

/** Statuses that come one after the other, again and again. */
const statuses = fc.array(fc.constantFrom(200, 204, 302, 400, 404, 429, 500, 503), { minLength: 1 })

const load = fc.record({
  count: fc.integer({ min: 0, max: 4000 }),
  gapMs: fc.constantFrom(0, 1, 20, 150),
  padding: fc.constantFrom('', 'x'.repeat(300), 'é'.repeat(3000)),
})

function received(batches: readonly DrainBatch[]): { texts: string[]; numbers: number[] } {
  const texts = textsOf(batches)
  return { texts, numbers: numbersOf(texts) }
}

function isAscending(numbers: readonly number[]): boolean {
  return numbers.every((number, index) => index === 0 || number > (numbers[index - 1] ?? 0))
}

describe.each(['syslog://logs.example.com:514', 'https://logs.example.com/'])('%s', (url) => {
  test('taken = delivered + dropped + unconfirmed + sending + waiting, and no more than 1024 wait', () => {
    fc.assert(
      fc.property(behaviour, statuses, load, (options, answers, { count, gapMs, padding }) => {
        let batch = 0
        const status = () => answers[batch++ % answers.length] ?? 200
        const log = drainedLog(url, (scheduler) =>
          simulatedConsumer({ scheduler, status, ...options }),
        )
        writeLines(log, count, gapMs, padding)
        for (let checkMs = 0; checkMs <= RUN_MS; checkMs += 30_000) {
          log.simulation.run(checkMs + 7)
          expect(accounted(log.drain)).toBe(log.drain.statistics.taken)
          expect(log.drain.statistics.waiting).toBeLessThanOrEqual(1024)
        }
        expect(log.drain.statistics.taken).toBe(log.logplex.lines)
        log.drain.remove()
        expect(accounted(log.drain)).toBe(log.drain.statistics.taken)
      }),
      { numRuns: 40 },
    )
  })
})

test('over syslog, lines come in order and none comes twice; what is missing is dropped or unconfirmed', () => {
  fc.assert(
    fc.property(behaviour, load, (options, { count, gapMs, padding }) => {
      const batches: DrainBatch[] = []
      const log = drainedLog('syslog://logs.example.com:514', (scheduler) =>
        simulatedConsumer({ scheduler, receive: (batch) => batches.push(batch), ...options }),
      )
      writeLines(log, count, gapMs, padding)
      log.simulation.run(RUN_MS)
      const { texts, numbers } = received(batches)
      const { delivered, unconfirmed, dropped, reported } = log.drain.statistics
      expect(isAscending(numbers)).toBe(true)
      expect(numbers.length).toBeGreaterThanOrEqual(delivered)
      expect(numbers.length).toBeLessThanOrEqual(
        delivered + unconfirmed + log.drain.statistics.sending,
      )
      expect(reported).toBeLessThanOrEqual(reportedBy(texts))
      expect(reportedBy(texts)).toBeLessThanOrEqual(dropped)
    }),
    { numRuns: 40 },
  )
})

test('over HTTPS, a line comes twice only under the same frame id', () => {
  fc.assert(
    fc.property(behaviour, statuses, load, (options, answers, { count, gapMs, padding }) => {
      const batches: DrainBatch[] = []
      let batch = 0
      const log = drainedLog('https://logs.example.com/', (scheduler) =>
        simulatedConsumer({
          scheduler,
          status: () => answers[batch++ % answers.length] ?? 200,
          receive: (each) => batches.push(each),
          ...options,
        }),
      )
      writeLines(log, count, gapMs, padding)
      log.simulation.run(RUN_MS)
      const byId = new Map<string, number[]>()
      for (const each of batches) {
        const id = each.headers?.['Logplex-Frame-Id'] ?? ''
        const numbers = received([each]).numbers
        expect(byId.get(id) ?? numbers).toEqual(numbers)
        byId.set(id, numbers)
      }
      expect(isAscending([...byId.values()].flat())).toBe(true)
    }),
    { numRuns: 40 },
  )
})

test.each(['syslog://logs.example.com:514', 'https://logs.example.com/'])(
  '%s: once the consumer is back, every loss has been told',
  (url) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500_000 }), (lastsMs) => {
        const batches: DrainBatch[] = []
        const log = drainedLog(url, (scheduler) =>
          simulatedConsumer({
            scheduler,
            outages: [{ fromMs: 20_000, toMs: 20_000 + lastsMs }],
            receive: (batch) => batches.push(batch),
          }),
        )
        writeLines(log, 15_000, 60)
        log.simulation.run(1_300_000)
        const { dropped, reported, delivered, waiting, sending, unconfirmed } = log.drain.statistics
        const { texts, numbers } = received(batches)
        expect({ waiting, sending }).toEqual({ waiting: 0, sending: 0 })
        expect(reported).toBe(dropped)
        expect(reportedBy(texts)).toBe(dropped)
        expect(numbers.length).toBe(delivered)
        expect(delivered + dropped + unconfirmed).toBe(15_000)
      }),
      { numRuns: 6 },
    )
  },
)
