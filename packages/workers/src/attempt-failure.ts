import type { Job, RandomSource } from '@celadon/contracts'

/**
 * Lets the share `failureRate` of attempts raise, at the end of their work. An attempt that failed
 * by itself, for example because an add-on refused it, keeps its error and draws nothing.
 */
export function drawFailure(job: Job, stream: RandomSource): void {
  const { failureRate, name } = job.jobClass
  if (job.work.error !== null || failureRate === 0) return
  if (stream.float() < failureRate) job.work.error = `RuntimeError: ${name} failed`
}
