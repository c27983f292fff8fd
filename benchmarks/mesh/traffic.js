import { HttpRequest } from '@celadon/contracts'
import { createDynoManifold, DYNO_SIZES } from '@celadon/dyno-manifold'
import { createSimulation, Histogram } from '@celadon/kernel'
import { createRouter } from '@celadon/router'

const HOUR = 3_600_000
const ENDPOINT = { method: 'GET', path: '/', responseBytes: 10_000 }
/** After the last arrival, until whoever waits has an answer or an H12. */
const REST = 60_000

/**
 * An app behind routers, and the users who visit it: Poisson arrivals, exponential demands. All
 * parts are those that `celadon simulate` is made of; nothing is switched off but the daily restart.
 */
class Mesh {
  constructor(workload, hours, openLog) {
    const { size, dynos, program, demandMs, steps, ratePerSecond, settings } = workload
    const simulation = createSimulation({ seed: 1 })
    const manifold = createDynoManifold({ simulation, settings: { cycleMs: Infinity } })
    manifold.define('web', { size: DYNO_SIZES[size], command: 'web', program: program() })
    manifold.scale('web', dynos, 'running')
    this.simulation = simulation
    this.log = openLog(simulation)
    this.router = createRouter({
      simulation,
      ...(this.log === null ? {} : { log: this.log.logplex }),
      pool: manifold.pool('web'),
      settings: { instances: 10, ...settings },
      onResponse: (request) => this.answered(request),
    })
    this.demandMs = demandMs
    this.steps = steps
    this.gapMs = 1000 / ratePerSecond
    this.until = hours * HOUR
    this.gaps = simulation.stream('benchmark/gaps')
    this.demands = simulation.stream('benchmark/demands')
    this.arrived = 0
    this.failed = 0
    this.waitedMs = 0
    this.responses = new Histogram()
    this.spare = []
    this.recycle = (request) => this.spare.push(request)
  }

  /** Milliseconds until the next request, `Infinity` when the last one has come. */
  gap(now) {
    const gap = this.gaps.exponential(this.gapMs)
    return now + gap < this.until ? gap : Number.POSITIVE_INFINITY
  }

  arrive() {
    this.arrived += 1
    const request = this.spare.pop() ?? new HttpRequest()
    request.begin(this.arrived, ENDPOINT, this.recycle)
    request.work.demandMs = this.demands.exponential(this.demandMs)
    request.work.steps = this.steps
    this.router.handle(request)
  }

  answered(request) {
    if (request.code !== '') this.failed += 1
    this.responses.record(request.respondedAt - request.arrivedAt)
    this.waitedMs += request.startedAt - request.dispatchedAt - request.connectMs
  }
}

/**
 * Runs a workload for some hours; what `measure` of the kernel's benchmarks wants to know.
 *
 * @param openLog makes the log that the routers write to, `{ logplex, close }`
 */
export function runMesh(workload, hours, openLog = () => null) {
  const mesh = new Mesh(workload, hours, openLog)
  const { simulation, router, responses } = mesh
  simulation.source((now) => mesh.gap(now), arrive, mesh)
  simulation.run(mesh.until + REST)
  mesh.log?.close()
  const [p50, p99] = [0.5, 0.99].map((share) => responses.quantile(share))
  return {
    operations: mesh.arrived,
    statistics: {
      requests: mesh.arrived,
      open: router.open,
      failed: mesh.failed,
      waitMs: mesh.waitedMs / responses.count,
      responseMs: responses.mean,
      p50,
      p99,
    },
  }
}

function arrive(mesh) {
  mesh.arrive()
}
