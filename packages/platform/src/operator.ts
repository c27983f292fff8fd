import type { DynoManifold } from '@celadon/dyno-manifold'
import type { Simulation } from '@celadon/kernel'
import type { Logplex } from '@celadon/logplex'
import type { Router } from '@celadon/router'
import type { App, PlannedEvent } from './app.js'
import type { Marks } from './marks.js'

/** Time that a build takes before its release goes live, in milliseconds. A guess. */
const BUILD_MS = 60_000

/** Who does things to the app, as the log names it. */
const USER = 'deploy@example.com'

/** What the operator needs to act on the app. */
export interface OperatorTools {
  readonly simulation: Simulation
  readonly app: App
  readonly manifold: DynoManifold
  readonly router: Router
  readonly logplex: Logplex
  readonly marks: Marks
  /** Runs the release phase and calls back when it has ended. */
  readonly runReleaseCommand: (done: () => void) => void
}

/** Carries out the planned events: deploys, faults, restarts, scaling and maintenance. */
export class Operator {
  /** Number of the current release; a new app has three: initial, Logplex, first deploy. */
  private version = 3

  constructor(private readonly tools: OperatorTools) {}

  /** Puts all planned events on the clock. */
  start(): void {
    for (const event of this.tools.app.events) {
      this.tools.simulation.schedule(event.atMs, carryOut, { operator: this, event })
    }
  }

  carryOut(event: PlannedEvent): void {
    switch (event.type) {
      case 'deploy':
        this.announceBuild(`Build started by user ${USER}`, 'Slug compilation started')
        this.tools.simulation.schedule(BUILD_MS, built, { operator: this, event })
        break
      case 'crash':
        // The dyno may be down already, from another crash or a restart; then nothing happens.
        this.tools.manifold.crash(event.dyno)
        break
      case 'restart':
        this.tools.marks.add('restart', 'restart')
        this.replaceDynos()
        break
      case 'fail-host':
        if (this.tools.manifold.failHost(event.dyno)) {
          this.tools.marks.add('fault', `host of ${event.dyno} failed`)
        }
        break
      case 'restart-router':
        this.tools.marks.add('fault', `router ${event.instance} restarted`)
        this.tools.router.restartInstance(event.instance)
        break
      case 'maintenance':
        this.maintain(event.on)
        break
      case 'scale':
        this.scale(event.process, event.quantity)
    }
  }

  built(description: string): void {
    const { app } = this.tools
    this.version += 1
    this.announce(`Deploy ${description}`)
    this.announce(`Release v${this.version} created`)
    const label = `v${this.version} Deploy ${description}`
    if (app.releaseCommand === null) {
      this.goLive(label)
      return
    }
    if (!this.isEarly) this.announce(`Running release v${this.version} commands`)
    this.tools.runReleaseCommand(() => this.goLive(label))
  }

  private goLive(label: string): void {
    this.tools.marks.add('release', label)
    this.replaceDynos()
    this.announceBuild('Build succeeded', 'Slug compilation finished')
  }

  private replaceDynos(): void {
    const { manifold, app } = this.tools
    manifold.restart(undefined, app.dynos?.deploys)
  }

  private maintain(on: boolean): void {
    const { router, marks } = this.tools
    marks.add('maintenance', on ? 'maintenance on' : 'maintenance off')
    this.announce(
      `Maintenance mode ${on ? 'on' : 'off'}`,
      `${on ? 'Enable' : 'Disable'} maintenance mode`,
    )
    router.maintenance = on
  }

  private scale(process: string, quantity: number): void {
    const { manifold, marks, app } = this.tools
    const size = app.formation[process]?.size.name ?? ''
    marks.add('scale', `${process}=${quantity}`)
    this.announce(
      `Scaled to ${process}@${quantity}:${capitalize(size)}`,
      `Scale to ${process}=${quantity}`,
    )
    manifold.scale(process, quantity)
  }

  /** True for the generations whose API wrote its lines as `heroku[api]`. */
  private get isEarly(): boolean {
    const { generation } = this.tools.app
    return generation === 'bamboo-2010' || generation === 'cedar-2012'
  }

  /** Writes what somebody did to the app, in the words of its generation. */
  private announce(today: string, early: string = today): void {
    const { logplex } = this.tools
    if (this.isEarly) logplex.write('heroku', 'api', `${early} by ${USER}`)
    else logplex.write('app', 'api', `${today} by user ${USER}`)
  }

  /** Writes how far a build is; the slug compiler of the early generations wrote under its own name. */
  private announceBuild(today: string, early: string): void {
    const { logplex } = this.tools
    if (this.isEarly) logplex.write('heroku', 'slugc', early)
    else logplex.write('app', 'api', today)
  }
}

/** `standard-2x` as the API prints it: `Standard-2X`. */
function capitalize(size: string): string {
  return size
    .split('-')
    .map((part) =>
      /^\d/.test(part) ? part.toUpperCase() : part.charAt(0).toUpperCase() + part.slice(1),
    )
    .join('-')
    .replace(/-(m|l|xl|ram)$/i, (tail) => tail.toUpperCase())
}

function carryOut(due: { readonly operator: Operator; readonly event: PlannedEvent }): void {
  due.operator.carryOut(due.event)
}

function built(due: {
  readonly operator: Operator
  readonly event: PlannedEvent & { readonly type: 'deploy' }
}): void {
  due.operator.built(due.event.description)
}
