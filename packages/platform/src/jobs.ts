import type { JobClass } from '@celadon/contracts'
import { CeladonError, Sampler, type Simulation } from '@celadon/kernel'
import {
  createDelayedJobQueue,
  createResqueQueue,
  type DelayedJobQueue,
  type JobObserver,
  type ResqueQueue,
} from '@celadon/workers'
import type { App, JobDescription } from './app.js'
import type { PlatformErrorCode } from './errors.js'
import type { Monitor } from './monitor.js'

/** The app's background jobs: a queue for each library, and the classes that go into them. */
export class Jobs {
  readonly delayedJob: DelayedJobQueue
  readonly resque: ResqueQueue
  private readonly classes = new Map<string, { description: JobDescription; jobClass: JobClass }>()

  constructor(
    simulation: Simulation,
    private readonly app: App,
    private readonly monitor: Monitor,
  ) {
    const observer = (name: string): JobObserver => monitor.jobObserver(name)
    this.delayedJob = createDelayedJobQueue({ simulation, observer: observer('delayed_job') })
    this.resque = createResqueQueue({ simulation, observer: observer('resque') })
    for (const description of app.jobs) {
      this.classes.set(description.name, {
        description,
        jobClass: jobClass(description, simulation),
      })
    }
  }

  /** The queues of the libraries that the app uses. */
  get inUse(): readonly (DelayedJobQueue | ResqueQueue)[] {
    const libraries = new Set(this.app.jobs.map(({ library }) => library))
    return [this.delayedJob, this.resque].filter(({ name }) => libraries.has(name))
  }

  /** Puts a job into its library's queue. */
  enqueue(name: string): void {
    const known = this.classes.get(name)
    if (known === undefined) {
      throw new CeladonError<PlatformErrorCode>(
        'PLATFORM_JOB_UNKNOWN',
        `There is no job ${name}. Described: ${[...this.classes.keys()].join(', ') || 'none'}.`,
      )
    }
    const { library } = known.description
    const queue = library === 'resque' ? this.resque : this.delayedJob
    queue.enqueue(known.jobClass)
    this.monitor.jobMonitor(library).noteWaiting(queue.waiting)
  }
}

function jobClass(description: JobDescription, simulation: Simulation): JobClass {
  const { name, queue, priority, failureRate, steps, service } = description
  const demand = new Sampler(service, simulation.stream(`job/service/${name}`))
  return {
    name,
    queue,
    priority,
    failureRate,
    draw(work) {
      work.demandMs = demand.next()
      work.steps = steps
    },
  }
}
