// Readers and consumers may write, leave and remove while they are called.

import { createSimulation, type Simulation } from '@celadon/kernel'
import { expect, test } from 'vitest'
import {
  createLogplex,
  type Drain,
  type DrainBatch,
  type DrainCall,
  type Logplex,
  promptReader,
  simulatedConsumer,
  type TailLine,
} from '../src/index.js'
import { accounted, ScriptedConsumer, textsOf, writeLines } from './drains/drained-log.js'
import { textOf } from './text-of.js'

const SYSLOG = 'syslog://logs.example.com:514'
const HTTPS = 'https://logs.example.com/'

function newLog(ringLines = 1500): { simulation: Simulation; logplex: Logplex } {
  const simulation = createSimulation()
  const host = 'www.example.com'
  const logplex = createLogplex({ simulation, generation: 'router-2.0', host, ringLines })
  return { simulation, logplex }
}

test('what a reader writes comes after the line that it reads, wherever it is read', () => {
  const { simulation, logplex } = newLog()
  const tailed: string[] = []
  const drained: DrainBatch[] = []
  let written = ''
  logplex.tail().connect(
    promptReader(({ text }) => {
      if (text.endsWith('H12')) logplex.write('app', 'api', 'Scale to web@2')
    }),
  )
  logplex.tail().connect(promptReader(({ text }) => tailed.push(text.replace(/^.*: /, ''))))
  const receive = (batch: DrainBatch) => drained.push(batch)
  const consumer = simulatedConsumer({ scheduler: simulation, receive })
  const drain = logplex.addDrain({ url: HTTPS, consumer })
  const firehose = logplex.firehose((chunk) => {
    written += textOf(chunk)
  })
  logplex.write('heroku', 'router', 'H12')
  logplex.write('app', 'web.1', 'next')
  firehose.close()
  simulation.run(1000)
  const lines = ['H12', 'Scale to web@2', 'next']
  expect(tailed).toEqual(lines)
  expect(textsOf(drained)).toEqual(lines)
  expect(written.match(/(?<=: ).*/g)).toEqual(lines)
  expect(logplex.recent().map((line) => line.replace(/^.*: /, ''))).toEqual(lines)
  expect(drain.statistics).toMatchObject({ taken: 3, delivered: 3 })
})

test('a reader that wakes another one in the middle of a line shows it no line that was written over', () => {
  const { logplex } = newLog(1)
  const held = logplex.tail()
  const got: TailLine[] = []
  logplex.tail().connect(
    promptReader(({ id }) => {
      if (id === 1026) held.ready()
      if (id === 1030) logplex.write('app', 'web.1', 'line 1031')
    }),
  )
  held.connect({ take: (lines) => got.push(...lines) })
  for (let line = 1; line <= 1030; line += 1) logplex.write('app', 'web.1', `line ${line}`)
  // It had line 1; line 1026 displaced line 2.
  const [first, report, ...others] = got
  expect(first?.text).toMatch(/: line 1$/)
  expect(report?.text).toMatch(/dropped 1 messages/)
  expect(others[0]?.id).toBe(3)
  for (const { id, text } of others) expect(text.endsWith(`: line ${id}`)).toBe(true)
  const { taken, delivered, dropped, waiting } = held.statistics
  expect(taken).toBe(1031)
  expect(delivered + dropped + waiting).toBe(1031)
  for (let line = 1032; line <= 2100; line += 1) logplex.write('app', 'web.1', `line ${line}`)
  expect(held.statistics.waiting).toBe(1024)
})

test('the buffer of a session stays within its bound while another reader writes', () => {
  const { logplex } = newLog()
  const held = logplex.tail()
  logplex.tail().connect(
    promptReader(({ text }) => {
      if (text.endsWith('?')) logplex.write('app', 'web.1', 'answer')
    }),
  )
  held.connect({ take: () => {} })
  for (let line = 1; line <= 600; line += 1) logplex.write('app', 'web.1', 'question?')
  expect(held.statistics).toMatchObject({ taken: 1200, delivered: 2, waiting: 1024, dropped: 174 })
})

test('a session and a drain that a reader ends do not take the line that it reads', () => {
  const { simulation, logplex } = newLog()
  const other = logplex.tail()
  const drains: Drain[] = []
  logplex.tail().connect(
    promptReader(() => {
      other.disconnect()
      for (const drain of drains) drain.remove()
    }),
  )
  other.connect({ take: () => {} })
  const consumer = simulatedConsumer({ scheduler: simulation })
  drains.push(logplex.addDrain({ url: SYSLOG, consumer }))
  logplex.write('app', 'web.1', 'one')
  expect(other.statistics).toMatchObject({ taken: 0, delivered: 0, waiting: 0, abandoned: 0 })
  expect(drains[0]?.statistics).toMatchObject({ taken: 0, waiting: 0 })
})

test.each([SYSLOG, HTTPS])('%s: a drain that its consumer removes never connects again', (url) => {
  for (const moment of ['connect', 'receive', 'closed'] as const) {
    for (const answer of ['broken', 503, 204, 400, null] as const) {
      const { simulation, logplex } = newLog()
      const drains: Drain[] = []
      const remove = (): void => {
        for (const drain of drains) drain.remove()
      }
      const consumer = new ScriptedConsumer(
        simulation,
        () => {
          if (moment === 'connect') remove()
          return 'open'
        },
        () => {
          if (moment === 'receive') remove()
          return answer
        },
      )
      const { closed } = consumer
      consumer.closed = () => {
        closed.call(consumer)
        if (moment === 'closed') remove()
      }
      const drain = logplex.addDrain({ url, consumer })
      drains.push(drain)
      writeLines({ simulation, logplex }, 3, 0)
      simulation.run(3_600_000)
      expect(logplex.drains).toEqual([])
      expect(consumer.connects).toEqual([0])
      expect(accounted(drain)).toBe(drain.statistics.taken)
      expect(drain.statistics).toMatchObject({ sending: 0, waiting: 0 })
    }
  }
})

test('a consumer that hangs up on an attempt that failed does not close the next connection', () => {
  const { simulation, logplex } = newLog()
  const calls: DrainCall<'open' | 'refused'>[] = []
  const drain = logplex.addDrain({
    url: SYSLOG,
    consumer: {
      connect: (call) => {
        call.answer(calls.push(call) === 1 ? 'refused' : 'open')
      },
      receive: (_, call) => call.answer('taken'),
    },
  })
  logplex.write('app', 'web.1', 'one')
  simulation.schedule(10_000, () => calls[0]?.hangUp(), null)
  simulation.run(20_000)
  expect(calls.length).toBe(2)
  expect(drain.statistics).toMatchObject({ delivered: 1, connections: 1, failures: 1 })
  simulation.schedule(0, () => calls[1]?.hangUp(), null)
  simulation.run(30_000)
  expect(drain.statistics).toMatchObject({ connections: 2, failures: 2 })
})
