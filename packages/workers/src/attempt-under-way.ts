import type { Job } from '@celadon/contracts'
import { workersError } from './errors.js'

/**
 * Checks that a job has an attempt that can end.
 *
 * @param running attempts that are under way in its queue
 * @throws `WORKERS_JOB_NOT_RUNNING`
 */
export function requireAttempt(job: Job, running: number): void {
  if (running > 0 && job.finishedAt < 0) return
  throw workersError(
    'WORKERS_JOB_NOT_RUNNING',
    `Job ${job.jobClass.name} (id=${job.id}) has no attempt under way that could end.`,
  )
}
