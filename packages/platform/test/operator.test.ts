import { describe, expect, test } from 'vitest'
import { type App, createPlatform, type PlannedEvent, type Platform } from '../src/index.js'
import { MINUTE_MS, tinyApp } from './tiny-app.js'

function ran(changes: Partial<App>): Platform {
  const platform = createPlatform(tinyApp(changes))
  platform.advance(platform.durationMs)
  return platform
}

function apiLines(platform: Platform): string[] {
  return platform.logplex
    .recent({ lines: 1500 })
    .filter((line) => line.includes('[api]') || line.includes('[slugc]'))
}

const QUIET = { workload: { ...tinyApp().workload, rate: [{ atMs: 0, perSecond: 0 }] } }
const DEPLOY: App['events'] = [{ type: 'deploy', atMs: MINUTE_MS, description: '1f3a9c2' }]

describe('a deploy', () => {
  test('builds, releases and restarts every dyno, in the words of today', () => {
    const platform = ran({ ...QUIET, events: DEPLOY })
    expect(apiLines(platform)).toEqual([
      '2026-03-02T09:01:00.000000+00:00 app[api]: Build started by user deploy@example.com',
      '2026-03-02T09:02:00.000000+00:00 app[api]: Deploy 1f3a9c2 by user deploy@example.com',
      '2026-03-02T09:02:00.000000+00:00 app[api]: Release v4 created by user deploy@example.com',
      '2026-03-02T09:02:00.000000+00:00 app[api]: Build succeeded',
    ])
    expect(platform.result().marks).toEqual([
      { atMs: 2 * MINUTE_MS, type: 'release', label: 'v4 Deploy 1f3a9c2' },
    ])
    expect(platform.result().processes.map(({ starts }) => starts)).toEqual([4, 2, 2])
  })

  test('in the words of 2012', () => {
    const platform = ran({ ...QUIET, events: DEPLOY, generation: 'cedar-2012' })
    expect(apiLines(platform)).toEqual([
      '2026-03-02T09:01:00+00:00 heroku[slugc]: Slug compilation started',
      '2026-03-02T09:02:00+00:00 heroku[api]: Deploy 1f3a9c2 by deploy@example.com',
      '2026-03-02T09:02:00+00:00 heroku[api]: Release v4 created by deploy@example.com',
      '2026-03-02T09:02:00+00:00 heroku[slugc]: Slug compilation finished',
    ])
  })

  test('with a release phase restarts only when that has ended', () => {
    const platform = ran({ ...QUIET, events: DEPLOY, releaseCommand: 'rake db:migrate' })
    const [mark] = platform.result().marks
    // Provisioning, 3 s to load the app, 30 s for a command that is not described.
    expect(mark?.atMs).toBeGreaterThan(2 * MINUTE_MS + 34_000)
    expect(mark?.atMs).toBeLessThan(2 * MINUTE_MS + 46_000)
    expect(platform.result().cost.items.map(({ what }) => what)).toContain('release: standard-1x')
  })
})

describe('other events', () => {
  test('scaling changes formation, log and bill', () => {
    const platform = ran({
      ...QUIET,
      events: [{ type: 'scale', atMs: 5 * MINUTE_MS, process: 'web', quantity: 4 }],
    })
    expect(apiLines(platform)).toEqual([
      '2026-03-02T09:05:00.000000+00:00 app[api]: Scaled to web@4:Standard-1X by user deploy@example.com',
    ])
    const { processes, cost } = platform.result()
    expect(processes[0]?.quantity).toBe(4)
    expect(cost.items[0]).toEqual({ what: 'web: standard-1x', hours: 0.5, usd: 0.0174 })
  })

  test('a crash of a dyno that is not there does nothing', () => {
    const { processes, marks } = ran({
      ...QUIET,
      events: [{ type: 'crash', atMs: MINUTE_MS, dyno: 'web.9' }],
    }).result()
    expect(marks).toEqual([])
    expect(processes.map(({ crashes }) => crashes)).toEqual([0, 0, 0])
  })
})

describe('a contradictory app', () => {
  test('is refused with all its problems', () => {
    const app = tinyApp({
      addOns: [],
      jobs: [],
      events: [{ type: 'scale', atMs: 0, process: 'wroker', quantity: 1 }],
    })
    expect(() => createPlatform(app)).toThrow(
      expect.objectContaining({
        code: 'PLATFORM_APP_INVALID',
        message:
          'The app tiny cannot run: endpoint / calls heroku-postgresql, which is not attached; endpoint /orders calls heroku-postgresql, which is not attached; endpoint /orders enqueues Receipt, which is not described; endpoint /orders enqueues Picture, which is not described; an event scales wroker, which is not in the formation.',
      }),
    )
  })

  test.each<[PlannedEvent, string]>([
    [{ type: 'crash', atMs: 0, dyno: 'wbe.1' }, 'is about wbe.1, which is not in the formation'],
    [{ type: 'fail-host', atMs: 0, dyno: 'wbe.1' }, 'about wbe.1, which is not in the formation'],
    [{ type: 'scale', atMs: 0, process: 'toString', quantity: 1 }, 'an event scales toString'],
    [{ type: 'restart-router', atMs: 0, instance: -1 }, 'restarts router -1; there are 10'],
    [{ type: 'restart-router', atMs: 0, instance: 0.5 }, 'restarts router 0.5; there are 10'],
    [{ type: 'restart-router', atMs: 0, instance: 10 }, 'restarts router 10; there are 10'],
  ])('because of an event such as %o', (event, problem) => {
    expect(() => createPlatform(tinyApp({ events: [event] }))).toThrow(problem)
  })
})
