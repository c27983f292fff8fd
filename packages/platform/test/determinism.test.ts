import { DYNO_SIZES } from '@celadon/dyno-manifold'
import { clock } from '@celadon/workers'
import { describe, expect, test } from 'vitest'
import { type App, createPlatform } from '../src/index.js'
import { MINUTE_MS, tinyApp } from './tiny-app.js'

function run(app: App, sliceMs = app.durationMs): { readonly log: string; readonly json: string } {
  const platform = createPlatform(app)
  const decoder = new TextDecoder()
  let log = ''
  const drain = platform.logplex.firehose((chunk) => {
    log += decoder.decode(chunk)
  })
  for (let now = sliceMs; now < app.durationMs + sliceMs; now += sliceMs) platform.advance(now)
  drain.flush()
  return { log, json: JSON.stringify(platform.result()) }
}

const EVENTS: App['events'] = [
  { type: 'deploy', atMs: 3 * MINUTE_MS, description: '1f3a9c2' },
  { type: 'crash', atMs: 6 * MINUTE_MS, dyno: 'web.1' },
]

describe('determinism', () => {
  test('the same seed gives the same log and the same result', () => {
    expect(run(tinyApp({ events: EVENTS }))).toEqual(run(tinyApp({ events: EVENTS })))
  })

  test('another seed gives another log', () => {
    expect(run(tinyApp()).log).not.toBe(run(tinyApp({ seed: '2' })).log)
  })

  test('it makes no difference in which steps virtual time passes', () => {
    expect(run(tinyApp({ events: EVENTS }), 777)).toEqual(run(tinyApp({ events: EVENTS })))
  })

  test('a process type more does not shift the requests', () => {
    const app = tinyApp()
    const more = tinyApp({
      formation: {
        ...app.formation,
        clock: {
          quantity: 1,
          size: DYNO_SIZES['standard-1x'],
          command: 'clockwork',
          program: () => clock([]),
        },
      },
    })
    const requests = (described: App): string[] =>
      run(described)
        .log.split('\n')
        .filter((line) => line.includes('heroku[router]'))
    expect(requests(more)).toEqual(requests(app))
  })
})

test('a run in portions of events is the same run', () => {
  const portions = createPlatform(tinyApp())
  let rounds = 0
  while (portions.simulation.now < portions.durationMs) {
    portions.advance(portions.durationMs, 1_000)
    rounds += 1
  }
  const whole = createPlatform(tinyApp())
  whole.advance(whole.durationMs)
  expect(rounds).toBeGreaterThan(5)
  expect(portions.result()).toEqual(whole.result())
})
