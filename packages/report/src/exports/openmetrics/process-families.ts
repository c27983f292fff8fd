import type { RunResult } from '@celadon/platform'
import { bytes, type Intervals, pointsOf, totalsOf } from './columns.js'
import { byKey, counter, type Family, gauge } from './family.js'

/** Dynos and background jobs, over the whole run at the interval of its series. */
export function processFamilies({ app, processes, jobs, series }: RunResult): Family[] {
  const { intervalMs } = series
  const intervals: Intervals = { startMs: 0, intervalMs, endMs: app.durationMs }
  const atEnd = (value: number) => [{ atMs: app.durationMs, value }]
  const done = new Map(jobs.map((job) => [job.queue, job.done]))
  return [
    {
      name: 'dynos_up',
      type: 'gauge',
      help: 'Dynos that are up.',
      samples: byKey(series.dynosUp, (process_type, column) =>
        gauge({ process_type }, pointsOf(column, intervals)),
      ),
    },
    {
      name: 'dyno_memory_bytes',
      type: 'gauge',
      unit: 'bytes',
      help: 'Memory of a dyno at the end of the interval, mean over the dynos.',
      samples: byKey(series.memoryMb, (process_type, column) =>
        gauge({ process_type }, pointsOf(column, intervals, bytes)),
      ),
    },
    {
      name: 'dyno_busy_ratio',
      type: 'gauge',
      unit: 'ratio',
      help: 'Share of what the dynos can have under way that was under way, per interval.',
      samples: byKey(series.utilization, (process_type, column) =>
        gauge({ process_type }, pointsOf(column, intervals)),
      ),
    },
    {
      name: 'dyno_cpu_ratio',
      type: 'gauge',
      unit: 'ratio',
      help: 'Share of CPU that was used, over the whole run.',
      samples: processes.flatMap(({ type, cpuUtilization }) =>
        gauge({ process_type: type }, atEnd(cpuUtilization)),
      ),
    },
    {
      name: 'dyno_starts',
      type: 'counter',
      help: 'Dynos that were started.',
      samples: processes.flatMap(({ type, starts }) =>
        counter({ process_type: type }, atEnd(starts)),
      ),
    },
    {
      name: 'dyno_crashes',
      type: 'counter',
      help: 'Dynos that crashed.',
      samples: processes.flatMap(({ type, crashes }) =>
        counter({ process_type: type }, atEnd(crashes)),
      ),
    },
    {
      name: 'jobs_waiting',
      type: 'gauge',
      help: 'Jobs that wait for a worker or for their next attempt.',
      samples: byKey(series.jobsWaiting, (queue, column) =>
        gauge({ queue }, pointsOf(column, intervals)),
      ),
    },
    {
      name: 'jobs_done',
      type: 'counter',
      help: 'Jobs that were done.',
      samples: byKey(series.jobsDone, (queue, column) =>
        counter({ queue }, totalsOf(column, intervals, done.get(queue))),
      ),
    },
    {
      name: 'jobs_failed',
      type: 'counter',
      help: 'Jobs that were given up after their last attempt.',
      samples: jobs.flatMap(({ queue, failed }) => counter({ queue }, atEnd(failed))),
    },
  ]
}
