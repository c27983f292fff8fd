import { attachAddOn, memcachier, postgres, redis, scheduler } from '@celadon/addons'
import type { AddOnModel, HttpRequest } from '@celadon/contracts'
import { createDynoManifold, DYNO_SIZES, unicorn } from '@celadon/dyno-manifold'
import { createSimulation, type Simulation } from '@celadon/kernel'
import { createLogplex, type Logplex } from '@celadon/logplex'
import { createMonitor, createTraffic, type Monitor, taskProgram } from '@celadon/platform'
import { createRouter } from '@celadon/router'
import {
  clock,
  createDelayedJobQueue,
  createResqueQueue,
  delayedJobWorker,
  resqueWorker,
} from '@celadon/workers'
import { at, DAY_MS, ENDPOINTS, RATE } from './day.js'
import { shopJobs } from './jobs.js'

/** A shop on the platform. Let virtual time pass with `simulation.run`. */
export interface Shop {
  readonly simulation: Simulation
  readonly logplex: Logplex
  readonly monitor: Monitor
}

/** Composes a Rails shop from the packages, part by part. Its day begins at virtual time 0. */
export function openShop(seed: string): Shop {
  const name = 'celadon-shop'
  const generation = 'router-2.0'
  const simulation = createSimulation({ seed, epochMs: Date.UTC(2026, 2, 2) })
  const monitor = createMonitor({ simulation, name, generation, durationMs: DAY_MS })

  // Every line of every part goes through logplex.
  const logplex = createLogplex({ simulation, generation, seed, host: `${name}.herokuapp.com` })

  // Add-ons, by the name that the app's code calls them by.
  const attach = (model: AddOnModel, plan: string) =>
    attachAddOn(model, { attachment: model.service, plan, simulation, log: logplex, runOneOff })
  const cleaning = { everyMs: at(24), atMs: at(3), command: 'rake carts:clean' }
  const addOns = new Map(
    [
      attach(postgres(), 'standard-0'),
      attach(redis(), 'premium-0'),
      attach(memcachier(), 'dev'),
      attach(scheduler({ jobs: [cleaning] }), 'standard'),
    ].map((addOn) => [addOn.attachment, addOn]),
  )

  // Background jobs: receipts in the database with delayed_job, pictures in Redis with resque.
  const jobs = shopJobs(simulation)
  const observer = (queue: string) => monitor.jobObserver(queue)
  const receipts = createDelayedJobQueue({ simulation, observer: observer('delayed_job') })
  const pictures = createResqueQueue({ simulation, observer: observer('resque') })

  // Dynos. An order enqueues a receipt as soon as the app is through with it.
  const manifold = createDynoManifold({
    simulation,
    generation,
    log: monitor.appLog(logplex),
    addOns,
    onEvent: monitor.dynoEvent,
    onSample: monitor.dynoSample,
    onRequestFinished(request: HttpRequest) {
      monitor.requestFinished(request)
      if (request.endpoint.path === '/orders') receipts.enqueue(jobs.receipt)
    },
  })
  const size = DYNO_SIZES['standard-1x']
  manifold.define('web', {
    size: DYNO_SIZES['standard-2x'],
    command: 'bundle exec unicorn',
    program: unicorn({ workers: 3 }),
  })
  manifold.define('worker', {
    size,
    command: 'bundle exec rake jobs:work',
    program: delayedJobWorker(receipts),
  })
  manifold.define('resque', {
    size,
    command: 'QUEUES=pictures bundle exec rake resque:work',
    program: resqueWorker(pictures, { queues: ['pictures'] }),
  })
  manifold.define('clock', {
    size,
    command: 'bundle exec clockwork clock.rb',
    program: clock([
      { name: 'pictures', everyMs: 60_000, enqueue: () => pictures.enqueue(jobs.pictures) },
    ]),
  })
  manifold.scale('web', 3, 'running')
  manifold.scale('worker', 1, 'running')
  manifold.scale('resque', 1, 'running')
  manifold.scale('clock', 1, 'running')

  // The routing mesh in front of the web dynos, and the visitors in front of it.
  const router = createRouter({
    simulation,
    generation,
    pool: manifold.pool('web'),
    log: logplex,
    onResponse: monitor.responded,
  })
  const traffic = createTraffic({
    simulation,
    rate: RATE,
    endpoints: ENDPOINTS,
    target: router,
  })

  // The day's events: a deploy at two, a crash at four.
  simulation.schedule(at(14), deploy, undefined)
  simulation.schedule(at(16), () => manifold.crash('web.2'), undefined)

  monitor.watch({ router, manifold, logplex, addOns, queues: [receipts, pictures] })
  for (const addOn of addOns.values()) addOn.start()
  traffic.start()
  return { simulation, logplex, monitor }

  function deploy(): void {
    logplex.write('app', 'api', 'Deploy 1f3a9c2 by user deploy@example.com')
    logplex.write('app', 'api', 'Release v4 created by user deploy@example.com')
    monitor.marks.add('release', 'v4 Deploy 1f3a9c2')
    manifold.restart()
  }

  function runOneOff(command: string): void {
    manifold.runOneOff('scheduler', {
      size,
      command,
      program: taskProgram({ command, simulation }),
    })
  }
}
