import type { Job } from '@celadon/contracts'

const INITIAL_CAPACITY = 16

/** A Redis list as resque uses it: jobs go in at one end and come out at the other. */
export class JobList {
  private jobs: (Job | null)[] = new Array(INITIAL_CAPACITY).fill(null)
  private head = 0
  private length = 0

  push(job: Job): void {
    if (this.length === this.jobs.length) this.grow()
    this.jobs[(this.head + this.length) & (this.jobs.length - 1)] = job
    this.length += 1
  }

  shift(): Job | null {
    if (this.length === 0) return null
    const job = this.jobs[this.head] as Job
    this.jobs[this.head] = null
    this.head = (this.head + 1) & (this.jobs.length - 1)
    this.length -= 1
    return job
  }

  private grow(): void {
    const { jobs, head } = this
    const empty: null[] = new Array(jobs.length).fill(null)
    this.jobs = jobs.slice(head).concat(jobs.slice(0, head), empty)
    this.head = 0
  }
}
