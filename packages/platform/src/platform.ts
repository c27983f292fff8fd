import { type AttachedAddOn, attachAddOn } from '@celadon/addons'
import type { HttpRequest, LogSink } from '@celadon/contracts'
import { createDynoManifold, type DynoManifold } from '@celadon/dyno-manifold'
import { createSimulation, type RandomStream, type Simulation } from '@celadon/kernel'
import type { Logplex } from '@celadon/logplex'
import { createRouter, type Router } from '@celadon/router'
import type { App, ProcessType } from './app.js'
import { checkApp } from './check-app.js'
import { Jobs } from './jobs.js'
import { createMonitor, type Monitor } from './monitor.js'
import { openLog } from './open-log.js'
import { Operator } from './operator.js'
import type { RunResult } from './result.js'
import { taskProgram } from './task.js'
import { createTraffic, type Traffic, type TrafficEndpoint } from './traffic.js'

/**
 * Puts an app on the platform: dynos are up and add-ons are there at time 0, traffic begins.
 *
 * @example
 * const platform = createPlatform(app)
 * platform.advance(platform.durationMs)
 * console.log(platform.result().requests.served)
 *
 * @throws `PLATFORM_APP_INVALID` when the description contradicts itself
 * @throws `LOGPLEX_ARGUMENT_INVALID` when `logs` is outside of what logplex accepts
 * @throws `ROUTER_SETTING_INVALID` or `ROUTER_CLIENT_INVALID` when routing or traffic is outside of
 *   what the router accepts
 */
export function createPlatform(app: App, options: PlatformOptions = {}): Platform {
  checkApp(app)
  return new Platform(app, options)
}

/** What somebody who watches a platform wants to hear. */
export interface PlatformOptions {
  /**
   * Called when a client has its answer or has left. The request is reused afterwards, unless it is
   * retained.
   */
  readonly onResponse?: (request: HttpRequest) => void
}

/** One app on the platform, in virtual time. */
export class Platform {
  readonly simulation: Simulation
  readonly logplex: Logplex
  readonly manifold: DynoManifold
  readonly router: Router
  readonly traffic: Traffic
  readonly jobs: Jobs
  readonly addOns: ReadonlyMap<string, AttachedAddOn>
  readonly monitor: Monitor
  private readonly enqueueDraws: RandomStream
  private readonly appLog: LogSink
  private started = false

  /** Use {@link createPlatform}. */
  constructor(
    readonly app: App,
    { onResponse }: PlatformOptions = {},
  ) {
    const { name, seed, epochMs, generation, durationMs, assumptions, alerts = [] } = app
    const simulation = createSimulation({ seed, epochMs })
    this.simulation = simulation
    this.enqueueDraws = simulation.stream('workload/enqueue')
    this.monitor = createMonitor({
      simulation,
      name,
      generation,
      durationMs,
      assumptions,
      alerts,
    })
    this.logplex = openLog(app, simulation)
    this.appLog = this.monitor.appLog(this.logplex)
    this.addOns = new Map(
      app.addOns.map((attachment) => [attachment.name, this.attach(attachment)]),
    )
    this.manifold = createDynoManifold({
      simulation,
      generation,
      ...(app.dynos?.settings === undefined ? {} : { settings: app.dynos.settings }),
      log: this.appLog,
      addOns: this.addOns,
      onRequestFinished: (request) => this.requestFinished(request),
      onEvent: this.monitor.dynoEvent,
      onSample: this.monitor.dynoSample,
    })
    this.jobs = new Jobs(simulation, app, this.monitor)
    this.defineFormation()
    this.router = createRouter({
      simulation,
      generation,
      ...app.routing,
      pool: this.manifold.pool('web'),
      log: this.logplex,
      onResponse:
        onResponse === undefined
          ? this.monitor.responded
          : (request) => {
              this.monitor.responded(request)
              onResponse(request)
            },
    })
    const { manifold, router, logplex, addOns, jobs } = this
    this.traffic = createTraffic({ simulation, ...app.workload, target: router })
    const { traffic } = this
    this.monitor.watch({ router, manifold, logplex, addOns, queues: jobs.inUse, traffic })
  }

  /** Planned length of the run in milliseconds. */
  get durationMs(): number {
    return this.app.durationMs
  }

  /**
   * Lets virtual time pass until `untilMs`, at most until the planned end. The first call starts the
   * app, so a drain that is attached to the log before it gets every line.
   *
   * @param events how many events happen at most, so that the caller gets to its other business even
   *   where very much happens in no time. Default: no limit
   */
  advance(untilMs: number, events: number = Number.POSITIVE_INFINITY): void {
    if (!this.started) this.start()
    this.simulation.run({ untilMs: Math.min(untilMs, this.durationMs), events })
  }

  /** What is known up to now. */
  result(): RunResult {
    return this.monitor.result()
  }

  private defineFormation(): void {
    const parts = {
      delayedJob: this.jobs.delayedJob,
      resque: this.jobs.resque,
      enqueue: (job: string) => this.jobs.enqueue(job),
    }
    for (const [type, { size, command, program }] of Object.entries(this.app.formation)) {
      this.manifold.define(type, { size, command, program: program(parts) })
    }
  }

  private start(): void {
    this.started = true
    const { simulation, app, manifold, logplex, monitor, router, addOns } = this
    for (const [type, { quantity }] of Object.entries(app.formation)) {
      manifold.scale(type, quantity, 'running')
    }
    for (const addOn of addOns.values()) addOn.start()
    const operator = new Operator({
      simulation,
      app,
      manifold,
      router,
      logplex,
      marks: monitor.marks,
      runReleaseCommand: (done) => this.runOneOff('release', app.releaseCommand ?? '', done),
    })
    operator.start()
    this.traffic.start()
  }

  private attach(attachment: App['addOns'][number]): AttachedAddOn {
    return attachAddOn(attachment.model, {
      attachment: attachment.name,
      plan: attachment.plan,
      simulation: this.simulation,
      log: this.logplex,
      runOneOff: (command) => this.runOneOff('scheduler', command),
    })
  }

  private runOneOff(name: string, command: string, onDone: () => void = () => {}): void {
    const { simulation, app } = this
    this.manifold.runOneOff(name, {
      // checkApp has made sure that there is a web process type.
      size: (app.formation['web'] as ProcessType).size,
      command,
      program: taskProgram({ command, tasks: app.tasks, simulation, onDone }),
    })
  }

  private requestFinished(request: HttpRequest): void {
    this.monitor.requestFinished(request)
    if (request.work.error !== null) return
    const { enqueues, prints } = request.endpoint as TrafficEndpoint
    for (const line of prints) this.appLog.write('app', request.dyno, line.textOf(request))
    for (const { job, probability } of enqueues) {
      if (this.enqueueDraws.float() < probability) this.jobs.enqueue(job)
    }
  }
}
