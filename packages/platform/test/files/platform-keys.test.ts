import { describe, expect, test } from 'vitest'
import { createPlatform, type Platform } from '../../src/index.js'
import { complaints, read } from './sources.js'

const HALF_HOUR = 'duration: 30m\nworkload: { rate: [{ at: "00:00", per_second: 4 }] }\n'
const TWO_DYNOS = '{ "formation": { "web": { "quantity": 2, "size": "standard-1x" } } }'

function run(celadonYml: string, appJson = TWO_DYNOS): Platform {
  const platform = createPlatform(read({ appJson, celadonYml: `${HALF_HOUR}${celadonYml}` }))
  platform.advance(platform.durationMs)
  return platform
}

describe('celadon.yml: router', () => {
  test('chooses policy and settings', () => {
    const { router } = run(
      'router: { policy: round-robin, instances: 3, view_delay: 2s, known_share: 0.5, backlog_per_dyno: 7 }',
    )
    expect(router.settings).toMatchObject({
      instances: 3,
      viewDelayMs: 2_000,
      knownShare: 0.5,
      backlogPerDyno: 7,
    })
  })

  test('round robin sends each dyno the same number of requests', () => {
    const platform = createPlatform(
      read({
        appJson: TWO_DYNOS,
        celadonYml: `${HALF_HOUR}router: { policy: round-robin, instances: 1 }`,
      }),
      { onResponse: ({ dyno }) => counts.set(dyno, (counts.get(dyno) ?? 0) + 1) },
    )
    const counts = new Map<string, number>()
    platform.advance(platform.durationMs)
    const [one = 0, other = 0] = [counts.get('web.1'), counts.get('web.2')]
    expect(one).toBeGreaterThan(3_000)
    expect(Math.abs(one - other)).toBeLessThanOrEqual(50)
  })

  test.each([
    [
      'router: { policy: fastest }',
      'celadon.yml:1:19: router.policy is "fastest"; accepted: random, round-robin, least-connections, least-outstanding, two-choices, power-of-two, join-idle-queue, shared-queue, session-affinity, consistent-hash, zone-aware',
    ],
    ...[0, 2].map((share) => [
      `router: { known_share: ${share} }`,
      `celadon.yml:1:24: router.known_share is ${share}; accepted: a number above 0, at most 1`,
    ]),
    [
      'events: [{ at: "00:01", restart_router: 10 }]',
      'celadon.yml:1:41: events[0].restart_router is 10; accepted: a whole number below 10, the number of routers',
    ],
  ])('refuses %s', (celadonYml, complaint) => {
    expect(complaints({ celadonYml })).toEqual([complaint])
  })
})

describe('celadon.yml: dynos', () => {
  test('preboot keeps a deploy from being noticed', () => {
    const deploy = 'events: [{ at: "00:10", deploy: "1f3a9c2" }]\n'
    const boot = 'server: { name: puma, boot: 20s }\n'
    const slow = (platform: Platform): number => platform.result().latency.total.max
    expect(slow(run(`${boot}${deploy}`))).toBeGreaterThan(20_000)
    expect(slow(run(`${boot}${deploy}dynos: { deploys: preboot }`))).toBeLessThan(20_000)
  })

  test('a failed host takes its dynos with it', () => {
    const { manifold } = run('dynos: { hosts: 1 }\nevents: [{ at: "00:10", fail_host: web.1 }]')
    expect(manifold.processTypes[0]?.statistics.starts).toBe(4)
  })

  test('noisy neighbours take cores away', () => {
    const quiet = run('').result().latency.service.p95
    const noisy = run(
      'dynos: { hosts: 1, neighbours: { busy: { mean: 1m }, quiet: { mean: 1m }, cores_left: 0.4 } }',
    )
    expect(noisy.result().latency.service.p95).toBeGreaterThan(1.5 * quiet)
  })

  test('more dynos of a size than Heroku allows are refused where it allows one', () => {
    const appJson = '{ "formation": { "web": { "quantity": 2, "size": "eco" } } }'
    expect(complaints({ appJson })).toEqual([
      'app.json:1:39: formation.web.quantity asks for 2 dynos of size eco; Heroku allows 1 of a process type',
    ])
  })

  test('other limits count as raised, and that is told', () => {
    const { assumptions } = read({
      appJson: TWO_DYNOS,
      celadonYml: 'events: [{ at: "01:00", scale: { web: 150 } }]',
    })
    expect(assumptions).toContain(
      "web has up to 150 dynos: Heroku's support has raised the limit of 100.",
    )
  })

  test('maintenance answers H80 while it is on', () => {
    const { requests } = run(
      'events: [{ at: "00:10", maintenance: on }, { at: "00:20", maintenance: off }]',
    ).result()
    expect(requests.byCode['H80']).toBeGreaterThan(2_000)
    expect(requests.byCode['H80']).toBeLessThan(2_800)
  })
})

describe('celadon.yml: server', () => {
  test.each([
    'name: puma, version: 6, workers: 1, threads: 2, request_timeout: { service: 10s, wait: 20s }',
    'name: puma, version: "3.12.6"',
    'name: unicorn, workers: 2, timeout: 20s',
    'name: passenger, workers: 3',
    'name: gunicorn, workers: 2, threads: 2, worker_class: gthread',
    'name: node, workers: 2',
    'name: thin',
    'name: mongrel',
    'name: single-threaded, boot: 2s',
  ])('%s serves', (server) => {
    const { requests } = run(`server: { ${server} }`).result()
    expect(requests.served).toBeGreaterThan(0.9 * requests.arrived)
  })

  test('gunicorn with a time-out of 0 kills no worker', () => {
    const app = read({ procfile: 'web: gunicorn -t 0 shop:app\n', celadonYml: HALF_HOUR })
    const platform = createPlatform(app)
    platform.advance(platform.durationMs)
    const { served, arrived } = platform.result().requests
    expect(served).toBeGreaterThan(0.9 * arrived)
  })

  test.each([
    [
      'server: { name: thin, workers: 2 }',
      'celadon.yml:1:32: server.workers is no key of thin; puma, unicorn, passenger, gunicorn, node have it',
    ],
    [
      'server: { name: puma, version: new }',
      'celadon.yml:1:32: server.version is "new"; accepted: a version such as 6 or "3.12.1"',
    ],
  ])('refuses %s', (celadonYml, complaint) => {
    expect(complaints({ celadonYml })).toEqual([complaint])
  })
})

describe('celadon.yml: endpoints', () => {
  const path = 'path: /, service: 200ms'

  test('a response in chunks begins before it ends', () => {
    const { workload } = read({
      celadonYml: `endpoints: [{ ${path}, cpu: 1, bytes: 900, chunks: 3 }]`,
    })
    const part = [
      { type: 'cpu', share: 1 / 3 },
      { type: 'send', bytes: 300 },
    ]
    expect(workload.endpoints[0]?.steps).toEqual([...part, ...part, ...part])
  })

  test('chunks are of whole bytes, and all of them are the response', () => {
    const { workload } = read({ celadonYml: `endpoints: [{ ${path}, bytes: 1000, chunks: 7 }]` })
    const sent = (workload.endpoints[0]?.steps ?? []).flatMap((step) =>
      step.type === 'send' ? [step.bytes] : [],
    )
    expect(sent).toEqual([142, 143, 143, 143, 143, 143, 143])
  })

  test('a silent WebSocket ends as H15, one with messages does not', () => {
    const byCode = (use: string): Readonly<Record<string, number>> =>
      run(`endpoints: [{ ${path}, websocket: { ${use} } }]`).result().requests.byCode
    expect(byCode('length: 2m')['H15']).toBeGreaterThan(6_000)
    expect(byCode('length: 2m, dyno_every: 30s')).toEqual({})
  })
})
