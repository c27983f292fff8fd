// Every line that a platform writes is understood by the log's parser, and says the same when it is
// written again.

import { postgres, redis, scheduler } from '@celadon/addons'
import { GENERATIONS, type Generation } from '@celadon/contracts'
import { DYNO_SIZES, unicorn } from '@celadon/dyno-manifold'
import { exponential, uniform } from '@celadon/kernel'
import { formatMessage, type LogMessage, parseMessage } from '@celadon/logplex'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { type App, createPlatform } from '../src/index.js'
import { randomApp } from './swarm/random-app.js'
import { MINUTE_MS, tinyApp } from './tiny-app.js'

const LINE = /^\S+ (app|heroku)\[([^\]]+)\]: (.*)$/s
/** Processes of the app whose own words may be anything. */
const DYNO = /^[a-z_-]+\.\d+$/

type Messages = ReadonlyMap<LogMessage['type'], readonly LogMessage[]>

/** Messages of a run, by type. Throws at the first line that is not understood. */
function messagesOf(app: App): Messages {
  const messages = new Map<LogMessage['type'], LogMessage[]>()
  for (const line of linesOf(app)) {
    const [, source = '', process = '', text = ''] = LINE.exec(line) ?? []
    const message = parseMessage(source, process, text)
    const isOurs = source === 'heroku' || !DYNO.test(process)
    if (isOurs && message.type === 'text') throw new Error(`Not understood: ${line}`)
    const written = formatMessage(message, app.generation)
    if (written !== text) throw new Error(`${line} became ${written}`)
    const others = messages.get(message.type)
    if (others === undefined) messages.set(message.type, [message])
    else others.push(message)
  }
  return messages
}

function linesOf(app: App): readonly string[] {
  const decoder = new TextDecoder()
  let log = ''
  const platform = createPlatform(app)
  const firehose = platform.logplex.firehose((chunk) => {
    log += decoder.decode(chunk, { stream: true })
  })
  platform.advance(platform.durationMs)
  firehose.close()
  return log.split('\n').slice(0, -1)
}

/** An hour of an app in which something of everything happens. */
function eventfulApp(generation: Generation): App {
  const { formation } = tinyApp()
  const leaking = {
    quantity: 1,
    size: DYNO_SIZES['standard-1x'],
    command: 'bundle exec unicorn -c `pwd`/config.rb',
    program: () =>
      unicorn({ workers: 3, memory: { leakMb: 4 }, bootMs: uniform({ min: 1_000, max: 90_000 }) }),
  }
  return tinyApp({
    generation,
    durationMs: 60 * MINUTE_MS,
    formation: {
      ...formation,
      web: leaking,
    },
    dynos: {
      settings: { cycleMs: 7 * MINUTE_MS, cycleJitterMs: 0, graceMs: 1_000, sharedHosts: 3 },
    },
    addOns: [
      { name: 'heroku-postgresql', model: postgres(), plan: 'standard-0' },
      { name: 'heroku-redis', model: redis(), plan: 'premium-0' },
      {
        name: 'scheduler',
        model: scheduler({ jobs: [{ everyMs: 10 * MINUTE_MS, command: 'rake `task`' }] }),
        plan: 'standard',
      },
    ],
    tasks: [{ command: 'rake `task`', service: exponential({ mean: 500 }), steps: [] }],
    releaseCommand: 'rake db:migrate',
    events: [
      { type: 'deploy', atMs: 3 * MINUTE_MS, description: '1f3a9c2' },
      { type: 'crash', atMs: 10 * MINUTE_MS, dyno: 'web.1' },
      { type: 'scale', atMs: 12 * MINUTE_MS, process: 'web', quantity: 3 },
      { type: 'restart', atMs: 15 * MINUTE_MS },
      { type: 'maintenance', atMs: 25 * MINUTE_MS, on: true },
      { type: 'maintenance', atMs: 27 * MINUTE_MS, on: false },
      { type: 'fail-host', atMs: 40 * MINUTE_MS, dyno: 'worker.1' },
      { type: 'restart-router', atMs: 45 * MINUTE_MS, instance: 0 },
      { type: 'scale', atMs: 50 * MINUTE_MS, process: 'web', quantity: 0 },
    ],
  })
}

describe.each(GENERATIONS)('the log of %s', (generation) => {
  let messages: Messages = new Map()
  beforeAll(() => {
    messages = messagesOf(eventfulApp(generation))
  })

  test('has messages of all kinds', () => {
    const early = generation === 'bamboo-2010' || generation === 'cedar-2012'
    const expected: LogMessage['type'][] = [
      ...(['request', 'app-request', 'text', 'state-change', 'process-start'] as const),
      ...(['process-exit', 'process-stop', 'dyno-action', 'dyno-error'] as const),
      ...(['memory-in-use', 'deploy', 'release', 'scale', 'maintenance'] as const),
      ...(early ? (['slug-compilation'] as const) : (['build-start', 'build-success'] as const)),
      ...(early ? [] : (['release-command'] as const)),
      ...(generation === 'bamboo-2010' ? [] : (['runtime-metrics'] as const)),
      'add-on-metrics',
    ]
    expect([...messages.keys()].sort()).toEqual(expected.sort())
  })

  test('tells the errors of dynos and what was done to them', () => {
    const codes = messages.get('dyno-error')?.map((each) => 'code' in each && each.code)
    expect([...new Set(codes)].sort()).toEqual(expect.arrayContaining(['R10', 'R12', 'R14', 'R15']))
    const actions = messages.get('dyno-action')?.map((each) => 'action' in each && each.action)
    expect([...new Set(actions)].sort()).toEqual(
      expect.arrayContaining(['cycle', 'relocate', 'restart']),
    )
  })

  test('tells what was done to the app', () => {
    const user = 'deploy@example.com'
    const early = generation === 'bamboo-2010' || generation === 'cedar-2012'
    const size = early ? null : 'Standard-1X'
    expect(messages.get('deploy')).toEqual([{ type: 'deploy', description: '1f3a9c2', user }])
    expect(messages.get('scale')).toEqual([
      { type: 'scale', formation: [{ process: 'web', quantity: 3, size }], user },
      { type: 'scale', formation: [{ process: 'web', quantity: 0, size }], user },
    ])
    expect(messages.get('maintenance')).toEqual([
      { type: 'maintenance', on: true, user },
      { type: 'maintenance', on: false, user },
    ])
  })
})

test('the log of any platform is understood', () => {
  fc.assert(
    fc.property(randomApp, (app) => {
      messagesOf(app)
    }),
    { numRuns: 25 },
  )
})
