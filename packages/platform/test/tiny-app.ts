import { postgres } from '@celadon/addons'
import type { Step } from '@celadon/contracts'
import { DYNO_SIZES, unicorn } from '@celadon/dyno-manifold'
import { exponential } from '@celadon/kernel'
import { delayedJobWorker, resqueWorker } from '@celadon/workers'
import type { App, ProcessType } from '../src/index.js'

export const MINUTE_MS = 60_000

const STEPS: readonly Step[] = [
  { type: 'cpu', share: 0.5 },
  { type: 'call', share: 0.3, addOn: 'heroku-postgresql', operations: 2 },
  { type: 'wait', share: 0.2 },
]

/** Two web dynos. */
export const WEB: ProcessType = {
  quantity: 2,
  size: DYNO_SIZES['standard-1x'],
  command: 'bundle exec unicorn',
  program: () => unicorn({ workers: 3 }),
}

/** A small app with one of everything, ten minutes long, about 1200 requests. */
export function tinyApp(changes: Partial<App> = {}): App {
  return {
    name: 'tiny',
    seed: '1',
    epochMs: Date.UTC(2026, 2, 2, 9),
    durationMs: 10 * MINUTE_MS,
    generation: 'router-2.0',
    formation: {
      web: WEB,
      worker: {
        quantity: 1,
        size: DYNO_SIZES['standard-1x'],
        command: 'bundle exec rake jobs:work',
        program: ({ delayedJob }) => delayedJobWorker(delayedJob),
      },
      resque: {
        quantity: 1,
        size: DYNO_SIZES['standard-1x'],
        command: 'bundle exec rake resque:work',
        program: ({ resque }) => resqueWorker(resque),
      },
    },
    addOns: [{ name: 'heroku-postgresql', model: postgres(), plan: 'standard-0' }],
    configVars: {},
    jobs: [
      {
        name: 'Receipt',
        library: 'delayed_job',
        queue: 'mailers',
        priority: 0,
        service: exponential({ mean: 400 }),
        steps: STEPS,
        failureRate: 0.1,
      },
      {
        name: 'Picture',
        library: 'resque',
        queue: 'pictures',
        priority: 0,
        service: exponential({ mean: 600 }),
        steps: [{ type: 'cpu', share: 1 }],
        failureRate: 0.05,
      },
    ],
    tasks: [],
    releaseCommand: null,
    workload: {
      rate: [{ atMs: 0, perSecond: 2 }],
      endpoints: [
        {
          method: 'GET',
          path: '/',
          weight: 3,
          service: exponential({ mean: 100 }),
          steps: STEPS,
          responseBytes: 900,
          enqueues: {},
        },
        {
          method: 'POST',
          path: '/orders',
          weight: 1,
          service: exponential({ mean: 200 }),
          steps: STEPS,
          responseBytes: 300,
          enqueues: { Receipt: 0.5, Picture: 0.2 },
        },
      ],
    },
    events: [],
    assumptions: [],
    ...changes,
  }
}
