import type { HttpRequest } from '@celadon/contracts'
import type { DynoSample } from '@celadon/dyno-manifold'
import type { Simulation } from '@celadon/kernel'
import type { Logplex } from '@celadon/logplex'
import type { Marks } from '../marks.js'
import { type AlertRule, describeRule } from './alert-rule.js'
import { CustomMetrics } from './custom-metrics.js'
import { logLosses } from './log-losses.js'
import type { Metrics } from './metrics.js'
import { MetricsHistory } from './metrics-history.js'
import { ThresholdWatch } from './threshold-watch.js'

const MINUTE_MS = 60_000

/** Records what Heroku's metrics page shows of an app, and raises its alerts. */
export class MetricsMonitor {
  private readonly history = new MetricsHistory()
  private readonly watches: readonly ThresholdWatch[]
  private readonly custom = new CustomMetrics()
  /** Losses of the log that the history has, by code. */
  private readonly lossesCounted = new Map<string, number>()
  private logplex: Logplex | null = null

  constructor(
    private readonly simulation: Simulation,
    private readonly marks: Marks,
    alerts: readonly AlertRule[],
  ) {
    this.watches = alerts.map((rule) => new ThresholdWatch(rule))
  }

  /** From now on minutes pass. */
  start(logplex: Logplex): void {
    this.logplex = logplex
    this.simulation.schedule(MINUTE_MS, minutePassed, this)
  }

  /** A client has its answer. */
  responded(request: HttpRequest): void {
    this.history.responded(request)
  }

  /** A dyno tells how much it uses. */
  sampled(sample: DynoSample): void {
    this.history.sampled(sample, this.simulation.now)
  }

  /** A dyno has an error. */
  dynoFailed(code: string): void {
    this.history.dynoFailed(code, this.simulation.now)
  }

  /** The app prints a line. */
  printed(text: string): void {
    this.custom.take(text)
  }

  minutePassed(): void {
    const { history, simulation } = this
    for (const [code, count] of this.newLosses()) {
      history.countLoss(code, count)
      this.lossesCounted.set(code, (this.lossesCounted.get(code) ?? 0) + count)
    }
    history.pass(simulation.now)
    this.judge()
    simulation.schedule(MINUTE_MS, minutePassed, this)
  }

  result(): Metrics {
    return {
      views: this.history.views(this.simulation.now, this.newLosses()),
      alerts: this.watches
        .flatMap(({ alerts }) => alerts)
        .sort((a, b) => a.raisedAtMs - b.raisedAtMs),
      custom: this.custom.toArray(),
    }
  }

  private judge(): void {
    const { lastMinute } = this.history
    if (lastMinute === undefined) return
    for (const watch of this.watches) {
      const raised = watch.judge(lastMinute, this.simulation.now)
      if (raised) this.marks.add('alert', describeRule(watch.rule))
    }
  }

  /** Losses of the log since the last minute was over. */
  private newLosses(): readonly (readonly [string, number])[] {
    if (this.logplex === null) return []
    return [...logLosses(this.logplex)].flatMap(([code, total]) => {
      const count = total - (this.lossesCounted.get(code) ?? 0)
      return count > 0 ? [[code, count] as const] : []
    })
  }
}

function minutePassed(monitor: MetricsMonitor): void {
  monitor.minutePassed()
}
