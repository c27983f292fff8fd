import type { AttachedAddOn } from '@celadon/addons'
import type { DynoManifold, ProcessType } from '@celadon/dyno-manifold'
import type { Simulation } from '@celadon/kernel'
import type { Router } from '@celadon/router'
import type { JobCounts } from '@celadon/workers'
import type { JobMonitor } from './job-monitor.js'
import { round } from './latency.js'
import type { Marks } from './marks.js'
import type { RequestMonitor } from './request-monitor.js'
import type { Series } from './result.js'
import { Columns, Growth } from './series.js'

/** What the recorder looks at. */
export interface RecorderSources {
  readonly simulation: Simulation
  readonly intervalMs: number
  readonly router: Router
  readonly requests: RequestMonitor
  readonly manifold: DynoManifold
  readonly queues: readonly JobCounts[]
  /** Monitors of the queues' jobs, by the queue's name. */
  readonly jobs: (queue: string) => JobMonitor
  /** By the name that work calls them by. */
  readonly addOns: ReadonlyMap<string, AttachedAddOn>
  readonly marks: Marks
}

/** Samples the run at the end of each interval and keeps the time series. */
export class Recorder {
  private length = 0
  private readonly arrivals: number[] = []
  private readonly served: number[] = []
  private readonly failed: number[] = []
  private readonly totalP50: (number | null)[] = []
  private readonly totalP95: (number | null)[] = []
  private readonly totalP99: (number | null)[] = []
  private readonly serviceP50: (number | null)[] = []
  private readonly queueP95: (number | null)[] = []
  private readonly waiting: number[] = []
  private readonly byCode = new Columns()
  private readonly dynosUp = new Columns()
  private readonly memory = new Columns()
  private readonly utilization = new Columns()
  private readonly jobsWaiting = new Columns()
  private readonly jobsDone = new Columns()
  private readonly gauges = new Columns()
  private readonly growth = new Growth()

  constructor(private readonly sources: RecorderSources) {}

  start(): void {
    this.sources.simulation.schedule(this.sources.intervalMs, sample, this)
  }

  /** Highest arrival rate of an interval, per second. */
  get peakPerSecond(): number {
    return this.arrivals.reduce((max, rate) => Math.max(max, rate), 0)
  }

  /** Highest sampled value of an add-on's gauge. */
  gaugesMax(attachment: string): Readonly<Record<string, number>> {
    const prefix = `${attachment} `
    const entries = Object.entries(this.gauges.maxima())
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, max]) => [name.slice(prefix.length), max])
    return Object.fromEntries(entries)
  }

  series(): Series {
    return {
      intervalMs: this.sources.intervalMs,
      length: this.length,
      arrivalsPerSecond: [...this.arrivals],
      servedPerSecond: [...this.served],
      failedPerSecond: [...this.failed],
      totalP50: [...this.totalP50],
      totalP95: [...this.totalP95],
      totalP99: [...this.totalP99],
      serviceP50: [...this.serviceP50],
      queueP95: [...this.queueP95],
      requestsWaiting: [...this.waiting],
      byCode: this.byCode.toRecord(),
      dynosUp: this.dynosUp.toRecord(),
      memoryMb: this.memory.toRecord(),
      utilization: this.utilization.toRecord(),
      jobsWaiting: this.jobsWaiting.toRecord(),
      jobsDone: this.jobsDone.toRecord(),
    }
  }

  sample(): void {
    this.sampleRequests()
    this.sampleDynos()
    this.sampleJobs()
    this.sampleGauges()
    this.length += 1
    this.sources.simulation.schedule(this.sources.intervalMs, sample, this)
  }

  private sampleRequests(): void {
    const { requests, router, manifold } = this.sources
    this.arrivals.push(this.perSecond('arrived', router.arrived))
    this.served.push(this.perSecond('served', requests.served))
    this.failed.push(this.perSecond('failed', requests.failed))
    const { total, service, queue } = requests
    this.totalP50.push(total.intervalQuantile(0.5))
    this.totalP95.push(total.intervalQuantile(0.95))
    this.totalP99.push(total.intervalQuantile(0.99))
    this.serviceP50.push(service.intervalQuantile(0.5))
    this.queueP95.push(queue.intervalQuantile(0.95))
    for (const latency of [total, service, queue]) latency.roll()
    const onDynos = manifold.processTypes.reduce(
      (sum, type) => sum + type.statistics.waiting.value,
      0,
    )
    this.waiting.push(router.waiting + onDynos)
    const codes = [...requests.byCode].map(
      ([code, count]) => [code, this.growth.of(code, count)] as const,
    )
    this.byCode.append(codes)
    this.sources.marks.noteCodes(codes, this.length)
  }

  private sampleDynos(): void {
    const types = this.sources.manifold.processTypes
    this.dynosUp.append(types.map((type) => [type.name, type.statistics.up.value]))
    this.memory.append(types.map((type) => [type.name, meanMemoryMb(type)]))
    this.utilization.append(types.map((type) => [type.name, this.utilizationOf(type)]))
    for (const type of types) {
      const faults = [...type.statistics.errors].map(
        ([code, count]) => [code, this.growth.of(`${type.name} ${code}`, count)] as const,
      )
      this.sources.marks.noteCodes(faults, this.length)
    }
  }

  private sampleJobs(): void {
    const { queues, jobs } = this.sources
    for (const { name, waiting } of queues) jobs(name).noteWaiting(waiting)
    this.jobsWaiting.append(queues.map(({ name, waiting }) => [name, waiting]))
    this.jobsDone.append(
      queues.map(({ name, done }) => [name, this.growth.of(`${name} done`, done)]),
    )
  }

  private sampleGauges(): void {
    this.gauges.append(
      [...this.sources.addOns].flatMap(([attachment, { gauges }]) =>
        Object.entries(gauges).map(([name, read]) => [`${attachment} ${name}`, read()] as const),
      ),
    )
  }

  private utilizationOf(type: ProcessType): number {
    const { now } = this.sources.simulation
    const busy = this.growth.of(`${type.name} busy`, type.statistics.busy.integral(now))
    const slots = this.growth.of(`${type.name} slots`, type.statistics.slots.integral(now))
    return slots > 0 ? round(busy / slots) : 0
  }

  private perSecond(name: string, count: number): number {
    return round(this.growth.of(name, count) / (this.sources.intervalMs / 1000))
  }
}

function meanMemoryMb(type: ProcessType): number {
  const running = type.dynos.filter(({ memoryMb }) => memoryMb > 0)
  const sum = running.reduce((total, { memoryMb }) => total + memoryMb, 0)
  return running.length === 0 ? 0 : Math.round(sum / running.length)
}

function sample(recorder: Recorder): void {
  recorder.sample()
}
