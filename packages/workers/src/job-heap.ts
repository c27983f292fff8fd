import type { Job } from '@celadon/contracts'

/** Tells whether `a` comes out of a heap before `b`. */
export type JobOrder = (a: Job, b: Job) => boolean

/** delayed_job's order: priority, then `runAt`, then age. */
export function byPriority(a: Job, b: Job): boolean {
  const priority = a.jobClass.priority - b.jobClass.priority
  return priority !== 0 ? priority < 0 : byRunAt(a, b)
}

/** The order in which jobs become due. */
export function byRunAt(a: Job, b: Job): boolean {
  return a.runAt !== b.runAt ? a.runAt < b.runAt : a.id < b.id
}

/** Jobs, of which the first in an order can be taken out: a binary heap. */
export class JobHeap {
  private readonly jobs: Job[] = []

  constructor(private readonly before: JobOrder) {}

  get first(): Job | null {
    return this.jobs[0] ?? null
  }

  push(job: Job): void {
    const { jobs, before } = this
    let index = jobs.length
    jobs.push(job)
    while (index > 0) {
      const parent = (index - 1) >> 1
      const above = jobs[parent] as Job
      if (!before(job, above)) break
      jobs[index] = above
      index = parent
    }
    jobs[index] = job
  }

  pop(): Job | null {
    const { jobs } = this
    const first = this.first
    const last = jobs.pop()
    if (last !== undefined && jobs.length > 0) this.sink(last)
    return first
  }

  /** Places a job from the root downwards. */
  private sink(job: Job): void {
    const { jobs, before } = this
    const end = jobs.length
    let index = 0
    for (;;) {
      let child = 2 * index + 1
      if (child >= end) break
      const right = child + 1
      if (right < end && before(jobs[right] as Job, jobs[child] as Job)) child = right
      if (!before(jobs[child] as Job, job)) break
      jobs[index] = jobs[child] as Job
      index = child
    }
    jobs[index] = job
  }
}
