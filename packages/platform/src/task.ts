import { type DynoHost, type DynoProcess, type Program, Work } from '@celadon/contracts'
import { constant, Sampler, type Simulation } from '@celadon/kernel'
import type { TaskDescription } from './app.js'

/** Time to load the app for a task, in milliseconds: a Rails environment, a guess. */
const BOOT_MS = 3_000

/** A command without a description is taken to wait this long. A guess. */
const UNKNOWN_TASK_MS = 30_000

/** What a one-off dyno is to run. */
export interface TaskOptions {
  readonly command: string
  /** Descriptions of commands; one that is missing waits for 30 s. Default: none. */
  readonly tasks?: readonly TaskDescription[]
  readonly simulation: Simulation
  /** Called when the work is done. Default: nothing is called. */
  readonly onDone?: () => void
}

/** The program of a one-off dyno: one unit of work, then exit with status 0. */
export function taskProgram(options: TaskOptions): Program {
  const { command, tasks = [], simulation, onDone } = options
  const task = tasks.find((candidate) => candidate.command === command)
  const demand = new Sampler(
    task?.service ?? constant(UNKNOWN_TASK_MS),
    simulation.stream(`task/${command}`),
  )
  return {
    name: 'task',
    bootMs: BOOT_MS,
    slots: 1,
    start(host) {
      const process = host.spawn({
        threads: 1,
        globalLock: null,
        memory: { startMb: 150, fullMb: 150, growthWorks: 0, leakMb: 0 },
      })
      const work = new Work()
      work.demandMs = demand.next()
      work.steps = task?.steps ?? [{ type: 'wait', share: 1 }]
      process.run(work, finished, { host, onDone }, work)
      return { terminate: () => stop(host, process), kill: () => {} }
    },
  }
}

function finished(run: { host: DynoHost; onDone: (() => void) | undefined }, work: Work): void {
  const { host, onDone } = run
  if (work.error !== null) host.log(work.error)
  host.exit(work.error === null ? 0 : 1)
  onDone?.()
}

function stop(host: DynoHost, process: DynoProcess): void {
  process.kill()
  host.exit(143)
}
