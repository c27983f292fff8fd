// What logplex and log-shuttle say of their losses is read again as what it is.

import { GENERATIONS } from '@celadon/contracts'
import { createSimulation } from '@celadon/kernel'
import { describe, expect, test } from 'vitest'
import {
  createLogplex,
  formatMessage,
  type LogplexOptions,
  parseMessage,
  promptReader,
} from '../../src/index.js'

const LINE = /^\S+ (\w+)\[([\w-]+)\]: (.*)$/

/** Lines of a log that go wrong in all ways, as one tail session gets them. */
function noticesOf(options: Partial<LogplexOptions>): string[] {
  const simulation = createSimulation()
  const host = 'www.example.com'
  const logplex = createLogplex({ simulation, generation: 'router-2.0', host, ...options })
  const lines: string[] = []
  const write = promptReader(({ text }) => lines.push(text))
  logplex.tail({ process: 'log-shuttle' }).connect(write)
  const held = logplex.tail()
  held.connect({ take: (taken) => lines.push(...taken.map(({ text }) => text)) })
  for (let line = 0; line < 30_000; line += 1) logplex.write('app', 'web.1', 'x')
  simulation.run()
  held.ready()
  logplex.history = 'unavailable'
  logplex.tailsForbidden = true
  logplex.tail().connect(write)
  return lines.filter((line) => !line.endsWith(': x'))
}

function codesOf(lines: readonly string[], generation: (typeof GENERATIONS)[number]): string[] {
  return lines.map((line) => {
    const [, source = '', process = '', text = ''] = LINE.exec(line) ?? []
    const message = parseMessage(source, process, text)
    expect(formatMessage(message, generation)).toBe(text)
    return 'code' in message ? String(message.code) : message.type
  })
}

describe('losses and refusals', () => {
  test.each(GENERATIONS)('of %s', (generation) => {
    expect(codesOf(noticesOf({ generation }), generation)).toEqual(['L11', 'L15', 'L20'])
  })

  test('with log-shuttle', () => {
    const outages = [{ fromMs: 0, toMs: 5001 }]
    const codes = codesOf(noticesOf({ delivery: { outages } }), 'router-2.0')
    // The session that is held takes the first of log-shuttle's lines and loses the others.
    expect(codes).toEqual(['L12', 'L12', 'L13', 'L13', 'L13', 'L13', 'L11', 'L15', 'L20'])
  })
})
