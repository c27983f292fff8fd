// A firehose gets every line from its opening to its closing, once and in order.

import { GENERATIONS, type LogSource } from '@celadon/contracts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createLogplex, type Firehose, type Logplex } from '../src/index.js'
import { finishedRequest } from './finished-request.js'
import { textOf } from './text-of.js'

const HOST = 'www.example.com'

function newLogplex(): Logplex {
  const simulation = { now: 0, epochMs: 0 }
  return createLogplex({ simulation, generation: 'router-2.0', host: HOST })
}

type Action =
  | { readonly type: 'write'; readonly source: LogSource; readonly text: string }
  | { readonly type: 'request'; readonly source: LogSource; readonly id: number }
  | { readonly type: 'open'; readonly chunkBytes: number }
  | { readonly type: 'flush'; readonly firehose: number }
  | { readonly type: 'close'; readonly firehose: number }

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
  fc.record({ type: fc.constant('open' as const), chunkBytes: fc.integer({ min: 1, max: 500 }) }),
  fc.record({ type: fc.constant('flush' as const), firehose: drainIndex }),
  fc.record({ type: fc.constant('close' as const), firehose: drainIndex }),
)

/** A firehose and, beside it, the plain list of lines that it should have got. */
interface Observed {
  readonly firehose: Firehose
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
      const firehose = logplex.firehose((chunk) => chunks.push(textOf(chunk)), step)
      observed.push({ firehose, chunks, expected: [], open: true })
    } else if (step.type === 'flush') {
      observed[step.firehose]?.firehose.flush()
    } else if (step.type === 'close') {
      const target = observed[step.firehose]
      target?.firehose.close()
      if (target !== undefined) target.open = false
    } else {
      if (step.type === 'write') logplex.write(step.source, 'web.1', step.text)
      else logplex.writeRequest(step.source, 'web.1', finishedRequest({ id: step.id }))
      const [line = ''] = logplex.recent({ lines: 1 })
      for (const { expected, open } of observed) if (open) expected.push(line)
    }
  }
  for (const { firehose } of observed) firehose.close()
  return observed
}

describe('a firehose', () => {
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
        const firehose = logplex.firehose((chunk) => {
          received += textOf(chunk)
        })
        for (const text of written) logplex.write('app', 'web.1', text)
        firehose.close()
        expect(received.split('\n').length - 1).toBe(logplex.lines)
      }),
    )
  })

  test('hands on chunks of about 64 K bytes', () => {
    const logplex = newLogplex()
    const chunks: string[] = []
    const firehose = logplex.firehose((chunk) => chunks.push(textOf(chunk)))
    for (let line = 0; line < 4000; line += 1) logplex.write('app', 'web.1', 'x'.repeat(54))
    firehose.close()
    expect(chunks.map((chunk) => chunk.length)).toEqual([...new Array(6).fill(65_600), 6_400])
  })

  test('gets nothing after it was closed, and closing it again does nothing', () => {
    const logplex = newLogplex()
    const chunks: string[] = []
    const firehose = logplex.firehose((chunk) => chunks.push(textOf(chunk)))
    logplex.write('app', 'web.1', 'before')
    firehose.close()
    logplex.write('app', 'web.1', 'after')
    firehose.close()
    firehose.flush()
    expect(chunks).toEqual(['1970-01-01T00:00:00.000000+00:00 app[web.1]: before\n'])
  })

  test('may be closed while it is written to', () => {
    const logplex = newLogplex()
    const received: string[] = []
    const first = logplex.firehose(
      (chunk) => {
        received.push(`first ${textOf(chunk)}`)
        first.close()
      },
      { chunkBytes: 1 },
    )
    logplex.firehose((chunk) => received.push(`second ${textOf(chunk)}`), { chunkBytes: 1 })
    logplex.write('app', 'web.1', 'one')
    logplex.write('app', 'web.1', 'two')
    expect(received.map((chunk) => chunk.replace(/\S+ app.*: |\n/g, ''))).toEqual([
      'first one',
      'second one',
      'second two',
    ])
  })
})
