import { PhraseBook } from './phrase-book.js'
import { any, number, word, words } from './template.js'

/** A dyno has gone from one state to another: `up`, `starting`, `down`, `crashed`, `complete`, … */
export interface StateChangeMessage {
  readonly type: 'state-change'
  readonly from: string
  readonly to: string
}

/** The command of a dyno is started. */
export interface ProcessStartMessage {
  readonly type: 'process-start'
  readonly command: string
}

/** The process of a dyno has ended. */
export interface ProcessExitMessage {
  readonly type: 'process-exit'
  /** Exit status; null where the line does not tell it, as in 2010. */
  readonly status: number | null
}

/** The processes of a dyno are sent a signal. */
export interface ProcessStopMessage {
  readonly type: 'process-stop'
  /** `one`: the line speaks of the process; `remaining`: of those that are left after a SIGTERM. */
  readonly processes: 'one' | 'all' | 'remaining'
  /** `SIGTERM` or `SIGKILL`. */
  readonly signal: string
}

/**
 * What the platform does to a dyno:
 *
 * - `restart`: because of a release, or because somebody wants it.
 * - `cycle`: the daily restart.
 * - `idle` and `unidle`: it goes to sleep and wakes.
 * - `relocate`: its host has failed.
 * - `await-client`: a one-off dyno waits for the terminal that is to be attached to it.
 */
export interface DynoActionMessage {
  readonly type: 'dyno-action'
  readonly action: 'restart' | 'cycle' | 'idle' | 'unidle' | 'relocate' | 'await-client'
}

/** What a dyno's own lines of `heroku[web.1]` say about its life. */
export type DynoLifeMessage =
  | StateChangeMessage
  | ProcessStartMessage
  | ProcessExitMessage
  | ProcessStopMessage
  | DynoActionMessage

/**
 * Sources: Heroku Dev Center, "Heroku Error Codes", copies of 2010 to 2026, and "Heroku Scheduler";
 * public logs of 2011 to 2025.
 */
export const DYNO_LIFE: PhraseBook<DynoLifeMessage> = new PhraseBook<DynoLifeMessage>()
  .add({ type: 'state-change' }, words`State changed from ${word('from')} to ${word('to')}`)
  .add(
    { type: 'process-start' },
    {
      'bamboo-2010': words`Starting process with command: \`${any('command')}\``,
      'cedar-2012': words`Starting process with command \`${any('command')}\``,
    },
  )
  .add({ type: 'process-exit', status: null }, words`Process exited`)
  .add({ type: 'process-exit' }, words`Process exited with status ${number('status')}`)
  .add({ type: 'process-stop', processes: 'one' }, words`Stopping process with ${word('signal')}`)
  .add(
    { type: 'process-stop', processes: 'all' },
    words`Stopping all processes with ${word('signal')}`,
  )
  .add(
    { type: 'process-stop', processes: 'remaining' },
    words`Stopping remaining processes with ${word('signal')}`,
  )
  .add({ type: 'dyno-action', action: 'restart' }, words`Restarting`)
  .add({ type: 'dyno-action', action: 'cycle' }, words`Cycling`)
  .add({ type: 'dyno-action', action: 'idle' }, words`Idling`)
  .add({ type: 'dyno-action', action: 'unidle' }, words`Unidling`)
  .add({ type: 'dyno-action', action: 'relocate' }, words`Relocating dyno to a new server`)
  .add({ type: 'dyno-action', action: 'await-client' }, words`Awaiting client`)
