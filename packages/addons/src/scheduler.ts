import {
  ADD_ON_CONTRACT_VERSION,
  type AddOn,
  type AddOnContext,
  type AddOnModel,
} from '@celadon/contracts'
import { addOnsError } from './errors.js'

/** A command that Heroku Scheduler runs at regular intervals. */
export interface ScheduledCommand {
  /** 10 minutes, an hour or a day, in milliseconds: the only intervals that it offers. */
  readonly everyMs: number
  /**
   * When in each interval, in milliseconds from its beginning: for a day, the time of day in UTC.
   * Default 0.
   */
  readonly atMs?: number
  /** For example `rake reports:send`. */
  readonly command: string
}

/** What the Scheduler runs. */
export interface SchedulerOptions {
  /** Default: none, as after `heroku addons:create scheduler`. */
  readonly jobs?: readonly ScheduledCommand[]
}

const INTERVALS_MS: readonly number[] = [600_000, 3_600_000, 86_400_000]

/**
 * Heroku Scheduler: starts a one-off dyno for each run of a command. Source of intervals and price:
 * Heroku Dev Center, "Heroku Scheduler".
 *
 * @throws `ADDONS_OPTION_INVALID` when a job has another interval, a time outside of it, or no command
 */
export function scheduler(options: SchedulerOptions = {}): AddOnModel {
  const jobs = options.jobs ?? []
  for (const job of jobs) check(job)
  return {
    contractVersion: ADD_ON_CONTRACT_VERSION,
    service: 'scheduler',
    plans: { standard: { usdPerMonth: 0 } },
    attach: (context) => attachScheduler(context, jobs),
  }
}

function attachScheduler(context: AddOnContext, jobs: readonly ScheduledCommand[]): AddOn {
  return {
    configVars: {},
    start() {
      const calendarMs = context.epochMs + context.scheduler.now
      for (const { everyMs, atMs = 0, command } of jobs) {
        const delayMs = Math.ceil((calendarMs - atMs) / everyMs) * everyMs + atMs - calendarMs
        context.scheduler.schedule(delayMs, run, { context, everyMs, command })
      }
    },
  }
}

interface Timetable {
  readonly context: AddOnContext
  readonly everyMs: number
  readonly command: string
}

function run(timetable: Timetable): void {
  const { context, everyMs, command } = timetable
  context.scheduler.schedule(everyMs, run, timetable)
  context.runOneOff(command)
}

function check(job: ScheduledCommand): void {
  const { everyMs, atMs = 0, command } = job
  if (!INTERVALS_MS.includes(everyMs)) {
    throw invalid(`everyMs must be ${INTERVALS_MS.join(', ')}`, everyMs)
  }
  if (!(atMs >= 0 && atMs < everyMs)) {
    throw invalid(`atMs must be at least 0 and below everyMs (${everyMs})`, atMs)
  }
  if (command.trim() === '') throw invalid('command must not be empty', `'${command}'`)
}

function invalid(rule: string, found: number | string): Error {
  return addOnsError('ADDONS_OPTION_INVALID', `A scheduler job's ${rule}, but was ${found}.`)
}
