import type { DynoHost, MemoryOptions, Program, RunningProgram } from '@celadon/contracts'
import { workersError } from './errors.js'
import { durationMs } from './option-checks.js'
import { APP_MEMORY, BOOT_MS } from './process-defaults.js'
import { NO_TICKET } from './sleeping-workers.js'

/** Something that a clock does at regular intervals. */
export interface ClockEntry {
  readonly name: string
  /** Interval in milliseconds: whole seconds, because clockwork looks at its events once a second. */
  readonly everyMs: number
  /** Puts the job into its queue. */
  readonly enqueue: () => void
}

/** The process of a clock. */
export interface ClockOptions {
  /** Default 6000 milliseconds, a guess. */
  readonly bootMs?: number
  /** Memory. It works no job, so it stays at `startMb`. Default 150 MB, a guess. */
  readonly memory?: MemoryOptions
}

/**
 * `clockwork lib/clock.rb`: a process that does nothing but enqueue jobs on a schedule. It triggers
 * every entry when it starts, hence after each restart of its dyno, and then at its interval. Two of
 * them enqueue everything twice: scale it to exactly one dyno.
 *
 * @throws `WORKERS_OPTION_INVALID` when an interval is not a whole number of seconds, or when two
 *   entries have the same name
 */
export function clock(entries: readonly ClockEntry[], options: ClockOptions = {}): Program {
  checkEntries(entries)
  const memory = options.memory ?? APP_MEMORY
  return {
    name: 'clock',
    bootMs: durationMs('bootMs', options.bootMs ?? BOOT_MS),
    slots: 0,
    start(host) {
      host.spawn({ threads: 0, globalLock: null, memory })
      const running = new Clock(entries, host)
      running.start()
      return running
    },
  }
}

const SECOND_MS = 1000

class Clock implements RunningProgram {
  /** When each entry is due next. */
  private readonly dueAt: number[]
  private ticket = NO_TICKET

  constructor(
    private readonly entries: readonly ClockEntry[],
    private readonly host: DynoHost,
  ) {
    this.dueAt = entries.map(() => host.scheduler.now)
  }

  start(): void {
    const names = this.entries.map(({ name }) => name).join(' ')
    this.host.log(`Starting clock for ${this.entries.length} events: [ ${names} ]`)
    this.tick()
  }

  tick(): void {
    this.ticket = NO_TICKET
    const { now } = this.host.scheduler
    // clockwork counts from the second in which an entry was triggered last and looks again a
    // millisecond after each full second.
    const second = Math.floor(now / SECOND_MS) * SECOND_MS
    for (const [index, entry] of this.entries.entries()) {
      if ((this.dueAt[index] as number) > now) continue
      this.dueAt[index] = second + entry.everyMs + 1
      this.host.log(`Triggering '${entry.name}'`)
      entry.enqueue()
    }
    if (this.entries.length === 0) return
    const delayMs = Math.min(...this.dueAt) - now
    this.ticket = this.host.scheduler.schedule(delayMs, tick, this)
  }

  terminate(): void {
    this.host.log('Gracefully shutting down')
    this.kill()
    this.host.exit(0)
  }

  kill(): void {
    if (this.ticket !== NO_TICKET) this.host.scheduler.cancel(this.ticket)
    this.ticket = NO_TICKET
  }
}

function tick(clock: Clock): void {
  clock.tick()
}

function checkEntries(entries: readonly ClockEntry[]): void {
  const names = new Set<string>()
  for (const { name, everyMs } of entries) {
    if (!(Number.isInteger(everyMs / SECOND_MS) && everyMs >= SECOND_MS)) {
      throw workersError(
        'WORKERS_OPTION_INVALID',
        `everyMs of the clock entry '${name}' must be a whole number of seconds in milliseconds, but was ${everyMs}.`,
      )
    }
    if (names.has(name)) {
      throw workersError('WORKERS_OPTION_INVALID', `Two clock entries are called '${name}'.`)
    }
    names.add(name)
  }
}
