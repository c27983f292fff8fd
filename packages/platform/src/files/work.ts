import type { Step } from '@celadon/contracts'
import { type Distribution, lognormal } from '@celadon/kernel'
import type { Attachment, EndpointDescription, JobDescription, TaskDescription } from '../app.js'
import type { AppFiles } from './app-files.js'
import type { JobEntry } from './celadon-yml.js'
import type { Path } from './document.js'
import { type EndpointEntry, streamed, webSocketUse } from './endpoint.js'
import type { DescribedProcess } from './formation.js'
import { DEFAULT_CPU_SHARE, stepsOf } from './steps.js'
import type { WorkEntry } from './work-entry.js'

/** Size of a page in bytes where nobody says it. A guess. */
const DEFAULT_BYTES = 12_000

/** Reads how much work requests, jobs and one-off commands are. */
export class WorkReader {
  /** Add-ons that a step can call; Scheduler serves no calls. */
  private readonly callable: readonly string[]

  constructor(
    private readonly files: AppFiles,
    attachments: readonly Attachment[],
  ) {
    this.callable = attachments
      .filter(({ model }) => model.service !== 'scheduler')
      .map(({ name }) => name)
  }

  endpoints(): readonly EndpointDescription[] {
    const { celadonYml, assumptions, problems } = this.files
    const { endpoints, jobs = [] } = celadonYml.content
    if (endpoints === undefined) {
      const endpoint = this.defaultEndpoint()
      const steps = this.callable.length === 0 ? 'a plain wait' : `calls of ${this.callable[0]}`
      assumptions.push(
        `Each request is GET / and takes 80 ms (95th percentile 400 ms), ${DEFAULT_CPU_SHARE * 100} % of it on the CPU, the rest ${steps}: celadon.yml lists no endpoints.`,
      )
      return [endpoint]
    }
    const jobNames = jobs.map(({ name }) => name)
    return endpoints.map((entry, index) => {
      const at: Path = ['endpoints', index]
      const { method = 'GET', path, enqueues = {} } = entry
      const twin = endpoints.findIndex((e) => e.path === path && (e.method ?? 'GET') === method)
      if (twin < index) {
        problems.addAt(celadonYml.document, at, `is a second ${method} ${path}`)
      }
      for (const name of Object.keys(enqueues)) {
        if (jobNames.includes(name)) continue
        problems.addUnknownKey(celadonYml.document, [...at, 'enqueues', name], 'job', jobNames)
      }
      return this.endpoint(entry, at)
    })
  }

  private endpoint(entry: EndpointEntry, at: Path): EndpointDescription {
    const { method = 'GET', path, weight = 1, enqueues = {}, request_bytes, websocket } = entry
    const { bytes: responseBytes = DEFAULT_BYTES, chunks = 1, prints } = entry
    const { service, steps } = this.demand(entry, at)
    return {
      method,
      path,
      weight,
      responseBytes,
      ...(request_bytes === undefined ? {} : { requestBytes: request_bytes }),
      ...(websocket === undefined ? {} : { webSocket: webSocketUse(websocket) }),
      ...(prints === undefined ? {} : { prints }),
      enqueues,
      service,
      steps: chunks === 1 ? steps : streamed(steps, chunks, responseBytes),
    }
  }

  jobs(formation: readonly DescribedProcess[]): readonly JobDescription[] {
    const { celadonYml, problems } = this.files
    const { jobs = [], clock = [] } = celadonYml.content
    const names = jobs.map(({ name }) => name)
    for (const [index, { job }] of clock.entries()) {
      const at: Path = ['clock', index, 'job']
      if (!names.includes(job)) problems.addUnknownWord(celadonYml.document, at, names)
    }
    return jobs.map((entry, index) => {
      const at: Path = ['jobs', index]
      if (names.indexOf(entry.name) < index) {
        problems.addAt(celadonYml.document, [...at, 'name'], `is a second ${entry.name}`)
      }
      const description: JobDescription = {
        name: entry.name,
        library: entry.library ?? defaultLibrary(formation),
        queue: entry.queue ?? 'default',
        priority: entry.priority ?? 0,
        failureRate: entry.failure_rate ?? 0,
        ...this.demand(entry, at),
      }
      this.noteIfIdle(description, formation)
      return description
    })
  }

  tasks(): readonly TaskDescription[] {
    const { celadonYml, procfile, problems } = this.files
    const { tasks = [], scheduler = [] } = celadonYml.content
    const release = procfile.entries.filter(({ type }) => type === 'release')
    const commands = [...scheduler, ...release].map(({ command }) => command)
    return tasks.map((entry, index) => {
      const at: Path = ['tasks', index]
      if (!commands.includes(entry.command)) {
        problems.addUnknownWord(celadonYml.document, [...at, 'command'], commands)
      }
      return { command: entry.command, ...this.demand(entry, at) }
    })
  }

  private demand(
    entry: WorkEntry,
    at: Path,
  ): { readonly service: Distribution; readonly steps: readonly Step[] } {
    const { celadonYml, assumptions, problems } = this.files
    const { service, calls = {} } = entry
    for (const name of Object.keys(calls)) {
      if (this.callable.includes(name)) continue
      const path = [...at, 'calls', name]
      problems.addUnknownKey(celadonYml.document, path, 'add-on of app.json', this.callable)
    }
    if (entry.cpu === undefined) {
      const assumption = `Where celadon.yml names no cpu, ${DEFAULT_CPU_SHARE * 100} % of the service time is on the CPU.`
      if (!assumptions.includes(assumption)) assumptions.push(assumption)
    }
    const cpu = entry.cpu ?? DEFAULT_CPU_SHARE
    if (cpu === 1 && Object.keys(calls).length > 0) {
      problems.addAt(
        celadonYml.document,
        [...at, 'cpu'],
        'is 1, which leaves no time for the calls',
      )
    }
    return { service, steps: stepsOf(cpu, calls) }
  }

  private defaultEndpoint(): EndpointDescription {
    const [addOn] = this.callable
    return {
      method: 'GET',
      path: '/',
      weight: 1,
      responseBytes: DEFAULT_BYTES,
      enqueues: {},
      service: lognormal({ median: 80, p95: 400 }),
      steps: stepsOf(DEFAULT_CPU_SHARE, addOn === undefined ? {} : { [addOn]: 3 }),
    }
  }

  /** Says so when a job goes where no dyno takes it from. */
  private noteIfIdle(job: JobDescription, formation: readonly DescribedProcess[]): void {
    const isWorked = formation.some(({ description, process }) => {
      if (process.quantity === 0 || description.type !== job.library) return false
      const { queues } = description
      return queues.length === 0 || queues.includes(job.queue) || queues.includes('*')
    })
    if (isWorked) return
    const where = `the queue ${job.queue} of ${job.library}`
    this.files.assumptions.push(`${job.name} goes to ${where}, where no dyno works at the start.`)
  }
}

/** resque when the app runs resque workers and no others; otherwise delayed_job. */
function defaultLibrary(formation: readonly DescribedProcess[]): JobEntry['library'] & string {
  const types = formation.map(({ description }) => description.type)
  return types.includes('resque') && !types.includes('delayed_job') ? 'resque' : 'delayed_job'
}
