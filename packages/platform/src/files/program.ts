import type { Program } from '@celadon/contracts'
import { clock, delayedJobWorker, resqueWorker } from '@celadon/workers'
import type { AppParts } from '../app.js'
import type { ClockEntry } from './celadon-yml.js'
import type { ProgramDescription } from './commands/command.js'
import { createServer } from './web-server.js'

/** Makes the program that the dynos of a process type run. */
export function createProgram(
  description: ProgramDescription,
  clockEntries: readonly ClockEntry[],
  parts: AppParts,
): Program {
  if (description.type === 'server') return createServer(description)
  const { type, bootMs } = description
  const boot = bootMs === undefined ? {} : { bootMs }
  switch (type) {
    case 'delayed_job':
      return delayedJobWorker(parts.delayedJob, { ...queuesOf(description.queues), ...boot })
    case 'resque':
      return resqueWorker(parts.resque, { ...queuesOf(description.queues), ...boot })
    case 'clock': {
      const entries = clockEntries.map(({ job, every }) => ({
        name: job,
        everyMs: every,
        enqueue: () => parts.enqueue(job),
      }))
      return clock(entries, boot)
    }
    case 'idle':
      return idle(bootMs ?? 0)
  }
}

function queuesOf(queues: readonly string[]): { readonly queues?: readonly string[] } {
  return queues.length === 0 ? {} : { queues }
}

/** A process whose work is not modelled: it is up and costs money. Its 150 MB are a guess. */
function idle(bootMs: number): Program {
  return {
    name: 'idle',
    bootMs,
    slots: 0,
    start(host) {
      const memory = { startMb: 150, fullMb: 150, growthWorks: 1, leakMb: 0 }
      host.spawn({ threads: 0, globalLock: null, memory })
      return { busy: 0, waiting: 0, terminate: () => host.exit(143), kill: () => undefined }
    },
  }
}
