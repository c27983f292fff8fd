import { describe, expect, test } from 'vitest'
import { complaints, read } from './sources.js'

const HOUR_MS = 3_600_000

describe('celadon.yml', () => {
  test('says when the run is, how long, which seed and which generation', () => {
    const celadonYml = 'start: 2013-02-14\nduration: 36h\nseed: 7\ngeneration: cedar-2012\n'
    expect(read({ celadonYml })).toMatchObject({
      epochMs: Date.UTC(2013, 1, 14),
      durationMs: 36 * HOUR_MS,
      seed: '7',
      generation: 'cedar-2012',
    })
  })

  test('gives way to what the caller says', () => {
    const celadonYml = 'duration: 36h\nseed: 7\n'
    expect(read({ celadonYml }, { seed: 'b', durationMs: 5000, name: 'shop' })).toMatchObject({
      name: 'shop',
      durationMs: 5000,
      seed: 'b',
    })
  })

  test.each(['', '# nothing said\n', '{}', 'null'])('may say nothing: %j', (celadonYml) => {
    const app = read({ celadonYml })
    expect(app).toMatchObject({
      name: 'app',
      seed: '1',
      epochMs: Date.UTC(2026, 2, 2),
      durationMs: 24 * HOUR_MS,
      generation: 'router-2.0',
      events: [],
      jobs: [],
      tasks: [],
    })
    expect(app.assumptions).toContain(
      'The traffic is a day curve of 5 requests a second on average: celadon.yml has no workload.',
    )
    expect(app.assumptions).toContain(
      'Each request is GET / and takes 80 ms (95th percentile 400 ms), 60 % of it on the CPU, the rest a plain wait: celadon.yml lists no endpoints.',
    )
  })

  test('plans what is done to the app', () => {
    const celadonYml = `
events:
  - { at: "10:00", deploy: "1f3a9c2" }
  - { at: "10:30:15", crash: web.2 }
  - { at: "26:00", scale: { web: 4 } }
  - { at: "00:00", restart: all }
`
    expect(read({ celadonYml }).events).toEqual([
      { type: 'deploy', atMs: 10 * HOUR_MS, description: '1f3a9c2' },
      { type: 'crash', atMs: 10.5 * HOUR_MS + 15_000, dyno: 'web.2' },
      { type: 'scale', atMs: 26 * HOUR_MS, process: 'web', quantity: 4 },
      { type: 'restart', atMs: 0 },
    ])
  })

  test.each([
    ['text', 'hello', ['celadon.yml:1:1: the file is "hello"; accepted: a mapping']],
    [
      'half of it',
      'workload:\n  rate:\n    - { at: "07:00", per_sec',
      [
        'celadon.yml:3:29: flow map in block collection must be sufficiently indented and end with a }',
      ],
    ],
    [
      'a misspelt key',
      'workload:\n  rte: []\n',
      [
        'celadon.yml:2:3: workload.rte is no known key; accepted: rate, trace, spikes, users, think, sessions, patience, link, retries, hedge. Did you mean "rate"?',
      ],
    ],
    [
      'a negative rate',
      'workload:\n  rate:\n    - at: "07:00"\n      per_second: -1\n',
      [
        'celadon.yml:4:19: workload.rate[0].per_second is -1; accepted: a number from 0 to 1000000000',
      ],
    ],
    [
      'two rates at once',
      'workload: { rate: [{ at: "07:00", per_second: 1, per_minute: 60 }] }',
      [
        'celadon.yml:1:20: workload.rate[0] has per_second and per_minute of per_second, per_minute; accepted: exactly one of them',
      ],
    ],
    [
      'rates out of order',
      'workload:\n  rate:\n    - { at: "07:00", per_second: 1 }\n    - { at: "06:00", per_second: 1 }\n',
      [
        'celadon.yml:4:13: workload.rate[1].at is before the entry above it; the list is in order of time',
      ],
    ],
    [
      'a time that YAML takes for a number',
      'workload: { rate: [{ at: 7, per_second: 1 }] }',
      [
        'celadon.yml:1:26: workload.rate[0].at is 7; accepted: a time such as "07:30" or "07:30:15"',
      ],
    ],
    [
      'more requests than a run takes on',
      'workload:\n  rate: [{ at: "00:00", per_second: 100000 }]\n  spikes: [{ at: "01:00", for: 1m, times: 20 }]\n',
      ['celadon.yml:1:1: workload peaks at 2000000 requests a second; accepted: at most 1000000'],
    ],
    [
      'durations and dates that do not exist',
      'duration: 5 days\nstart: 2026-02-29\n',
      [
        'celadon.yml:1:11: duration is "5 days"; accepted: a duration above 0 such as 250ms, 30s, 5m, 24h or 7d, at most 366d',
        'celadon.yml:2:8: start is "2026-02-29"; accepted: a date such as 2026-03-02',
      ],
    ],
    [
      'another generation',
      'generation: cedar-14',
      [
        'celadon.yml:1:13: generation is "cedar-14"; accepted: bamboo-2010, cedar-2012, common-runtime-2019, router-2.0. Did you mean "cedar-2012"?',
      ],
    ],
    [
      'a misspelt key of a service time',
      'endpoints: [{ path: /, service: { median: 60ms, p9: 200ms } }]',
      [
        'celadon.yml:1:49: endpoints[0].service.p9 is no known key; accepted: median, p95, mean, constant. Did you mean "p95"?',
      ],
    ],
    [
      'service times of several kinds',
      `endpoints:
  - { path: /a, service: { median: 60ms, p95: 5ms } }
  - { path: /b, service: { median: 60ms, mean: 70ms } }
  - { path: /c, service: soon }
  - { path: /d, service: { constant: -4 } }
  - { path: /e }
`,
      [
        'celadon.yml:2:26: endpoints[0].service has a p95 of 5 ms; accepted: more than its median, 60 ms',
        'celadon.yml:3:26: endpoints[1].service has median and mean; accepted: median and p95, mean, or constant',
        'celadon.yml:4:26: endpoints[2].service is "soon"; accepted: a time such as 60ms, or { median, p95 }, { mean } or { constant }',
        'celadon.yml:5:38: endpoints[3].service.constant is -4; accepted: milliseconds such as 60, or a duration such as 60ms or 1.5s',
        'celadon.yml:6:5: endpoints[4].service is missing; accepted: a time such as 60ms, or { median, p95 }, { mean } or { constant }',
      ],
    ],
    [
      'shares that are none',
      'endpoints: [{ path: /, service: 60, cpu: 1.5, enqueues: { Mail: 2 } }]',
      [
        'celadon.yml:1:42: endpoints[0].cpu is 1.5; accepted: a number from 0 to 1',
        'celadon.yml:1:65: endpoints[0].enqueues.Mail is 2; accepted: a number from 0 to 1',
      ],
    ],
    [
      'a commit that YAML takes for a number',
      'events: [{ at: "10:00", deploy: 1234567 }]',
      [
        'celadon.yml:1:33: events[0].deploy is 1234567; accepted: the commit: 7 to 40 hexadecimal digits, in quotes',
      ],
    ],
    [
      'an event without anything',
      'events: [{ at: "10:00" }]',
      [
        'celadon.yml:1:10: events[0] has none of deploy, crash, restart, scale, fail_host, restart_router, maintenance; accepted: exactly one of them',
      ],
    ],
    [
      'a scheduler job at another interval, and outside of its interval',
      'scheduler:\n  - { command: a, every: 5m }\n  - { command: b, every: 10m, at: "00:20" }\n',
      [
        'celadon.yml:2:26: scheduler[0].every is "5m"; accepted: 10m, 1h, 1d',
        'celadon.yml:3:35: scheduler[1].at is not inside the interval; it is a time since the interval began',
      ],
    ],
    [
      'half a second between clock entries',
      'clock: [{ job: A, every: 500ms }]',
      ['celadon.yml:1:26: clock[0].every is 500; accepted: whole seconds'],
    ],
    [
      'an alias without anchor',
      'seed: *other\n',
      ['celadon.yml: unresolved alias (the anchor must be set before the alias): other'],
    ],
  ])('with %s', (_, celadonYml, expected) => {
    expect(complaints({ celadonYml })).toEqual(expected)
  })

  test.each([
    [
      'names that nothing has',
      `endpoints:
  - { path: /, service: 60, cpu: 0.5, calls: { heroku-postgres: 2 }, enqueues: { Mial: 1 } }
jobs:
  - { name: Mail, service: 1s, cpu: 0.5, calls: { scheduler: 1 } }
clock:
  - { job: Report, every: 10m }
scheduler:
  - { command: rake report, every: 1d }
tasks:
  - { command: rake reports, service: 10m, cpu: 1 }
processes:
  wroker: { runs: resque }
events:
  - { at: "10:00", crash: wub.1 }
  - { at: "11:00", scale: { wokrer: 2 } }
`,
      [
        'celadon.yml:2:48: endpoints[0].calls.heroku-postgres is no add-on of app.json; accepted: heroku-postgresql. Did you mean "heroku-postgresql"?',
        'celadon.yml:2:82: endpoints[0].enqueues.Mial is no job; accepted: Mail. Did you mean "Mail"?',
        'celadon.yml:4:51: jobs[0].calls.scheduler is no add-on of app.json; accepted: heroku-postgresql',
        'celadon.yml:6:12: clock[0].job is "Report"; accepted: Mail',
        'celadon.yml:10:16: tasks[0].command is "rake reports"; accepted: rake report. Did you mean "rake report"?',
        'celadon.yml:12:3: processes.wroker is no process type; accepted: worker. Did you mean "worker"?',
        'celadon.yml:14:27: events[0].crash is "wub.1"; accepted: web.1, worker.1. Did you mean "web.1"?',
        'celadon.yml:15:29: events[1].scale.wokrer is no process type; accepted: web, worker. Did you mean "worker"?',
      ],
    ],
    [
      'things that are there twice',
      `endpoints:
  - { path: /, service: 60, cpu: 1 }
  - { path: /, service: 70, cpu: 1 }
  - { path: /, method: POST, service: 70, cpu: 1 }
jobs:
  - { name: Mail, service: 1s, cpu: 1 }
  - { name: Mail, service: 2s, cpu: 1 }
`,
      [
        'celadon.yml:3:5: endpoints[1] is a second GET /',
        'celadon.yml:7:13: jobs[1].name is a second Mail',
      ],
    ],
    [
      'calls without time for them',
      'endpoints: [{ path: /, service: 60, cpu: 1, calls: { heroku-postgresql: 1 } }]',
      ['celadon.yml:1:42: endpoints[0].cpu is 1, which leaves no time for the calls'],
    ],
  ])('that does not fit the other files: %s', (_, celadonYml, expected) => {
    const procfile = 'web: puma -w 2 -t 5\nworker: rake jobs:work\n'
    const appJson = '{ "addons": ["heroku-postgresql", "scheduler"] }'
    expect(complaints({ procfile, appJson, celadonYml })).toEqual(expected)
  })

  test('cannot schedule without the add-on', () => {
    const celadonYml = 'scheduler: [{ command: rake report, every: 1d }]'
    expect(complaints({ celadonYml })).toEqual([
      'celadon.yml:1:1: scheduler needs the add-on scheduler in app.json: "addons": ["scheduler:standard"]',
    ])
  })

  test('all files are looked at before anything is said', () => {
    expect(
      complaints({ procfile: 'web: puma\n\nworker', appJson: '\n{', celadonYml: 'seed: []' }).map(
        (line) => line.split(':')[0],
      ),
    ).toEqual(['Procfile', 'app.json', 'celadon.yml'])
  })

  test('of a hundred problems the first twenty are told', () => {
    const celadonYml = `endpoints:\n${'  - { path: / }\n'.repeat(100)}`
    const lines = complaints({ celadonYml })
    expect(lines).toHaveLength(21)
    expect(lines.at(-1)).toBe('and 80 more problems')
  })
})
