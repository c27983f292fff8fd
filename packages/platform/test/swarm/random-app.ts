import type { Program, Step } from '@celadon/contracts'
import { GENERATIONS } from '@celadon/contracts'
import {
  DYNO_SIZES,
  gunicorn,
  mongrel,
  node,
  passenger,
  puma,
  singleThreaded,
  thin,
  unicorn,
} from '@celadon/dyno-manifold'
import { constant, exponential, uniform } from '@celadon/kernel'
import { POLICIES, type PolicyName } from '@celadon/router'
import fc from 'fast-check'
import type { App, EndpointDescription, PlannedEvent, Workload } from '../../src/index.js'
import { tinyApp } from '../tiny-app.js'

/** Virtual length of a run in the swarm. */
export const SWARM_MS = 180_000

const POLICY_NAMES = Object.keys(POLICIES) as PolicyName[]

/** Time-outs short enough to strike. */
const requestTimeout = { serviceMs: 4_000, waitMs: 6_000 }

/** Servers of all kinds, small, so that their limits are met. */
const program: fc.Arbitrary<Program> = fc
  .record({
    workers: fc.integer({ min: 1, max: 3 }),
    threads: fc.integer({ min: 1, max: 4 }),
    backlog: fc.constantFrom(1, 4, 1024),
    bootMs: fc.constantFrom(0, 3_000, 70_000),
    version: fc.constantFrom('3.6', '3.9', '3.12', '5', '6', '7'),
    rackTimeout: fc.boolean(),
    leakMb: fc.constantFrom(0, 0, 2),
    kind: fc.nat(8),
  })
  .map(({ workers, threads, version, rackTimeout, kind, leakMb, ...limits }): Program => {
    const common = { ...limits, memory: { leakMb } }
    const ruby = rackTimeout ? { ...common, requestTimeout } : common
    switch (kind) {
      case 0:
        return singleThreaded(ruby)
      case 1:
        return thin(ruby)
      case 2:
        return mongrel(ruby)
      case 3:
        return unicorn({ ...ruby, workers, timeoutMs: 5_000 })
      case 4:
        return passenger({ ...ruby, workers })
      case 5:
        return gunicorn({ ...common, workers, worker: 'sync', timeoutMs: 5_000 })
      case 6:
        return gunicorn({ ...common, workers, threads, worker: 'gthread' })
      case 7:
        return node({ ...common, workers })
      default:
        return puma({ ...ruby, workers, threads, version })
    }
  })

const step: fc.Arbitrary<readonly Step[]> = fc.constantFrom<readonly Step[]>(
  [{ type: 'cpu', share: 0.4 }],
  [{ type: 'wait', share: 0.5 }],
  [{ type: 'call', share: 0.3, addOn: 'heroku-postgresql', operations: 2 }],
  [
    { type: 'send', bytes: 500 },
    { type: 'wait', share: 0.7 },
    { type: 'send', bytes: 100_000 },
  ],
)

const endpoint: fc.Arbitrary<Omit<EndpointDescription, 'path'>> = fc.record({
  method: fc.constantFrom('GET', 'POST'),
  weight: fc.constantFrom(1, 5),
  service: fc.constantFrom(
    constant(20),
    exponential({ mean: 150 }),
    exponential({ mean: 8_000 }),
    uniform({ min: 0, max: 100_000 }),
  ),
  steps: fc.array(step, { maxLength: 4 }).map((parts) => parts.flat()),
  responseBytes: fc.constantFrom(0, 2_000, 3_000_000),
  requestBytes: fc.constantFrom(0, 0, 50_000),
  enqueues: fc.constantFrom<EndpointDescription['enqueues']>({}, { Receipt: 0.5, Picture: 0.2 }),
})

const workload: fc.Arbitrary<Workload> = fc
  .record(
    {
      endpoints: fc.array(endpoint, { minLength: 1, maxLength: 3 }),
      perSecond: fc.constantFrom(0, 1, 5, 25),
      users: fc.constantFrom(1, 20),
      patienceMs: fc.constantFrom(exponential({ mean: 5_000 }), constant(40_000)),
      link: fc.constantFrom({ uploadBytesPerMs: 1, downloadBytesPerMs: 20 }),
      retries: fc.constantFrom<NonNullable<Workload['retries']>>(
        { attemptsMax: 3, backOff: { firstMs: 500 } },
        { attemptsMax: 5, backOff: { firstMs: 0 } },
      ),
      hedge: fc.constantFrom({ afterMs: 300 }, { afterMs: 2_000, hedgesMax: 2 }),
      sessions: fc.constantFrom(3, 50),
    },
    { requiredKeys: ['endpoints', 'perSecond'] },
  )
  .map(({ endpoints, perSecond, users, ...clients }) => ({
    ...clients,
    rate: users === undefined ? [{ atMs: 0, perSecond }] : [],
    endpoints: endpoints.map((described, index) => ({ ...described, path: `/${index}` })),
    ...(users === undefined ? {} : { users: { users, thinkMs: exponential({ mean: 2_000 }) } }),
  }))

const event: fc.Arbitrary<PlannedEvent> = fc
  .tuple(
    fc.nat(SWARM_MS),
    fc.constantFrom(
      'deploy',
      'crash',
      'restart',
      'scale',
      'fail-host',
      'restart-router',
      'maintenance',
    ),
    fc.nat(4),
  )
  .map(([atMs, type, number]): PlannedEvent => {
    const dyno = number === 0 ? 'worker.1' : `web.${number}`
    switch (type) {
      case 'deploy':
        return { type, atMs, description: `abc000${number}` }
      case 'crash':
      case 'fail-host':
        return { type, atMs, dyno }
      case 'scale':
        return { type, atMs, process: number % 2 === 0 ? 'worker' : 'web', quantity: number }
      case 'restart-router':
        return { type, atMs, instance: 0 }
      case 'maintenance':
        return { type, atMs, on: number === 0 }
      default:
        return { type: 'restart', atMs }
    }
  })

const routing: fc.Arbitrary<NonNullable<App['routing']>> = fc
  .record({
    policy: fc.constantFrom(...POLICY_NAMES),
    settings: fc.record(
      {
        instances: fc.constantFrom(1, 3, 10),
        viewDelayMs: fc.constantFrom(300, 5_000),
        knownShare: fc.constantFrom(0.5, 0.01),
        activePerDyno: fc.constantFrom(1, 2),
        backlogPerDyno: fc.constantFrom(1, 4),
        connectionsMax: fc.constantFrom(3, 20),
      },
      { requiredKeys: [] },
    ),
  })
  .map(({ policy, settings }) => ({ policy: POLICIES[policy](), settings }))

const dynos: fc.Arbitrary<NonNullable<App['dynos']>> = fc.record({
  deploys: fc.constantFrom('at-once', 'preboot', 'rolling'),
  settings: fc.record(
    {
      sharedHosts: fc.constantFrom(1, 3),
      hostMtbfMs: fc.constant(200_000),
      neighbours: fc.constant({
        busyMs: exponential({ mean: 5_000 }),
        quietMs: exponential({ mean: 10_000 }),
        coresLeft: 0.2,
      }),
      graceMs: fc.constantFrom(1_000, 10_000),
      cycleMs: fc.constant(60_000),
      sleepAfterMs: fc.constant(20_000),
    },
    { requiredKeys: [] },
  ),
})

/** A platform in any state of trouble. */
export const randomApp: fc.Arbitrary<App> = fc
  .record({
    seed: fc.nat(1_000_000).map(String),
    generation: fc.constantFrom(...GENERATIONS),
    quantity: fc.constantFrom(1, 1, 2, 2, 2, 3, 5, 0),
    size: fc.constantFrom('standard-1x' as const, 'standard-2x' as const, 'performance-m' as const),
    program,
    workload,
    routing,
    dynos,
    events: fc.array(event, { maxLength: 6 }),
  })
  .map(({ quantity, size, program: web, ...changes }) => {
    const { formation } = tinyApp()
    const command = 'bundle exec server'
    const described = { quantity, size: DYNO_SIZES[size], command, program: () => web }
    const app = tinyApp({
      ...changes,
      durationMs: SWARM_MS,
      formation: { ...formation, web: described },
    })
    // A failure shows the choices instead of the whole app.
    const choices = { web: `${quantity} x ${size} ${web.name}`, ...changes }
    return Object.assign(app, { [fc.toStringMethod]: () => fc.stringify(choices) })
  })
