import type { JobClass } from '@celadon/contracts'
import { type Distribution, lognormal, Sampler, type Simulation } from '@celadon/kernel'

/** The shop's background jobs. */
export interface ShopJobs {
  /** Mails a receipt after each order (delayed_job). */
  readonly receipt: JobClass
  /** Renders pictures of new products (resque). */
  readonly pictures: JobClass
}

export function shopJobs(simulation: Simulation): ShopJobs {
  return {
    receipt: jobClass(simulation, {
      name: 'ReceiptMailer',
      queue: 'mailers',
      service: lognormal({ median: 700, p95: 2_500 }),
      cpu: 0.4,
      failureRate: 0.01,
    }),
    pictures: jobClass(simulation, {
      name: 'PictureRenderer',
      queue: 'pictures',
      service: lognormal({ median: 8_000, p95: 30_000 }),
      cpu: 0.9,
      failureRate: 0.002,
    }),
  }
}

interface JobOptions {
  readonly name: string
  readonly queue: string
  readonly service: Distribution
  /** Share of the time that it computes; the rest goes to the database. */
  readonly cpu: number
  readonly failureRate: number
}

function jobClass(simulation: Simulation, options: JobOptions): JobClass {
  const { name, queue, service, cpu, failureRate } = options
  const demand = new Sampler(service, simulation.stream(`job/${name}`))
  return {
    name,
    queue,
    priority: 0,
    failureRate,
    draw(work) {
      work.demandMs = demand.next()
      work.steps = [
        { type: 'cpu', share: cpu },
        { type: 'call', share: 1 - cpu, addOn: 'heroku-postgresql', operations: 3 },
      ]
    },
  }
}
