// A drain gets every line from its opening to its closing, once and in order.

import { GENERATIONS, type LogSource } from '@celadon/contracts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createLogplex, type LogDrain, type Logplex } from '../src/index.js'
import { finishedRequest } from './finished-request.js'

const HOST = 'www.example.com'

function newLogplex(): Logplex {
  const simulation = { now: 0, epochMs: 0 }
  return createLogplex({ simulation, generation: 'router-2.0', host: HOST })
}

type Action =
  | { readonly type: 'write'; readonly source: LogSource; readonly text: string }
  | { readonly type: 'request'; readonly source: LogSource; readonly id: number }
  | { readonly type: 'open'; readonly chunkLength: number }
  | { readonly type: 'flush'; readonly drain: number }
  | { readonly type: 'close'; readonly drain: number }

const source = fc.constantFrom<LogSource>('app', 'heroku')
const drainIndex = fc.nat({ max: 5 })
const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ type: fc.constant('write' as const), source, text: fc.string() }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ type: fc.constant('request' as const), source, id: fc.nat() }),
  },
  fc.record({ type: fc.constant('open' as const), chunkLength: fc.integer({ min: 1, max: 500 }) }),
  fc.record({ type: fc.constant('flush' as const), drain: drainIndex }),
  fc.record({ type: fc.constant('close' as const), drain: drainIndex }),
)

/** A drain and, beside it, the plain list of lines that it should have got. */
interface Observed {
  readonly drain: LogDrain
  readonly chunks: string[]
  readonly expected: string[]
  open: boolean
}

function perform(actions: readonly Action[], generation: (typeof GENERATIONS)[number]): Observed[] {
  const simulation = { now: 0, epochMs: 1_772_444_586_000 }
  const logplex = createLogplex({ simulation, generation, host: HOST })
  const observed: Observed[] = []
  for (const step of actions) {
    simulation.now += 377.123
    if (step.type === 'open') {
      const chunks: string[] = []
      const drain = logplex.drain((chunk) => chunks.push(chunk), step)
      observed.push({ drain, chunks, expected: [], open: true })
    } else if (step.type === 'flush') {
      observed[step.drain]?.drain.flush()
    } else if (step.type === 'close') {
      const target = observed[step.drain]
      target?.drain.close()
      if (target !== undefined) target.open = false
    } else {
      if (step.type === 'write') logplex.write(step.source, 'web.1', step.text)
      else logplex.writeRequest(step.source, 'web.1', finishedRequest({ id: step.id }))
      const [line = ''] = logplex.recent({ lines: 1 })
      for (const { expected, open } of observed) if (open) expected.push(line)
    }
  }
  for (const { drain } of observed) drain.close()
  return observed
}

describe('a drain', () => {
  test('gets what was written while it was open, whatever else happens', () => {
    fc.assert(
      fc.property(
        fc.array(action, { maxLength: 60 }),
        fc.constantFrom(...GENERATIONS),
        (actions, generation) => {
          for (const { chunks, expected } of perform(actions, generation)) {
            expect(chunks.join('')).toBe(expected.map((line) => `${line}\n`).join(''))
            for (const chunk of chunks) expect(chunk.endsWith('\n')).toBe(true)
          }
        },
      ),
    )
  })

  test('gets as many lines as logplex counts', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: fc.constantFrom('a', '\n', '\r') })), (written) => {
        const logplex = newLogplex()
        let received = ''
        const drain = logplex.drain((chunk) => {
          received += chunk
        })
        for (const text of written) logplex.write('app', 'web.1', text)
        drain.close()
        expect(received.split('\n').length - 1).toBe(logplex.lines)
      }),
    )
  })

  test('hands on chunks of about 64 K characters', () => {
    const logplex = newLogplex()
    const chunks: string[] = []
    const drain = logplex.drain((chunk) => chunks.push(chunk))
    for (let line = 0; line < 4000; line += 1) logplex.write('app', 'web.1', 'x'.repeat(54))
    expect(chunks.map((chunk) => chunk.length)).toEqual(new Array(6).fill(65_600))
    drain.close()
    expect(chunks.join('').length).toBe(4000 * 100)
  })

  test('gets nothing after it was closed, and closing it again does nothing', () => {
    const logplex = newLogplex()
    const chunks: string[] = []
    const drain = logplex.drain((chunk) => chunks.push(chunk))
    logplex.write('app', 'web.1', 'before')
    drain.close()
    logplex.write('app', 'web.1', 'after')
    drain.close()
    drain.flush()
    expect(chunks).toEqual(['1970-01-01T00:00:00.000000+00:00 app[web.1]: before\n'])
  })

  test('may be closed while it is written to', () => {
    const logplex = newLogplex()
    const received: string[] = []
    const first = logplex.drain(
      (chunk) => {
        received.push(`first ${chunk}`)
        first.close()
      },
      { chunkLength: 1 },
    )
    logplex.drain((chunk) => received.push(`second ${chunk}`), { chunkLength: 1 })
    logplex.write('app', 'web.1', 'one')
    logplex.write('app', 'web.1', 'two')
    expect(received.map((chunk) => chunk.replace(/\S+ app.*: |\n/g, ''))).toEqual([
      'first one',
      'second one',
      'second two',
    ])
  })
})
