import type { Scheduler } from '@celadon/contracts'
import { argumentInvalid } from '../errors.js'
import type { LogClock } from './options.js'

/**
 * The clock of a log as what runs timers.
 *
 * @param who what needs them, for the error's text
 * @throws `LOGPLEX_ARGUMENT_INVALID` when it is a clock alone
 */
export function schedulerOf(clock: LogClock, who: string): Scheduler {
  if (isScheduler(clock)) return clock
  throw argumentInvalid(
    `${who} needs a simulation that schedules events, such as that of createSimulation(), but the log was made with a clock alone`,
  )
}

function isScheduler(clock: LogClock): clock is LogClock & Scheduler {
  return 'schedule' in clock && 'cancel' in clock
}
