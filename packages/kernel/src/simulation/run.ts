import { kernelError } from '../errors.js'

const NEVER = Number.POSITIVE_INFINITY

/** When `simulation.run` is to come back; whatever happens first ends the run. */
export interface RunLimits {
  /** Virtual time up to which events are executed, that time included. Default: no limit. */
  readonly untilMs?: number
  /** Events to execute. Default: no limit. */
  readonly events?: number
  /**
   * Ends the run when it returns true, for example when an estimate is precise enough. It is asked
   * between events, once in `checkEvery`.
   */
  readonly condition?: () => boolean
  /** Events from one question of `condition` to the next, a whole number, 1 or more. Default 1024. */
  readonly checkEvery?: number
}

/**
 * Why `simulation.run` came back.
 *
 * - `time`: every event up to `untilMs` was executed
 * - `count`: as many events were executed as `events` says
 * - `condition`: the condition holds
 * - `paused`: `simulation.pause()` was called
 * - `empty`: no event is left
 */
export type RunEnd = 'time' | 'count' | 'condition' | 'paused' | 'empty'

/** Knows when a run has to end for another reason than time. */
export class RunControl {
  /** Number of executed events at which the loop has to ask {@link end}. */
  askAt = 0
  private pausing = false
  private countEnd: number = NEVER
  private eventsMax: number = NEVER
  private condition: (() => boolean) | null = null
  private conditionAt: number = NEVER
  private checkEvery = 0

  /** Takes the limits of a run that begins after `executed` of at most `eventsMax` events. */
  begin(limits: RunLimits, executed: number, eventsMax: number): void {
    const { events = NEVER, condition = null, checkEvery = 1024 } = limits
    if (!(events >= 0)) throw invalid('events', events, 0)
    if (!(checkEvery >= 1)) throw invalid('checkEvery', checkEvery, 1)
    this.pausing = false
    this.countEnd = executed + events
    this.condition = condition
    this.checkEvery = checkEvery
    this.conditionAt = condition === null ? NEVER : executed + checkEvery
    this.eventsMax = eventsMax
    this.askAt = 0
  }

  pause(): void {
    this.pausing = true
    this.askAt = 0
  }

  /** Whether the run is over after so many events, and why; null when it goes on. */
  end(executed: number): RunEnd | null {
    if (this.pausing) return 'paused'
    if (executed >= this.countEnd) return 'count'
    if (this.condition !== null && executed >= this.conditionAt) {
      if (this.condition()) return 'condition'
      this.conditionAt = executed + this.checkEvery
    }
    this.askAt = Math.min(this.countEnd, this.conditionAt, this.eventsMax)
    return null
  }
}

function invalid(name: string, value: number, least: number): Error {
  return kernelError(
    'KERNEL_ARGUMENT_INVALID',
    `The limit ${name} of a run must be a number, ${least} or more, but was ${value}.`,
  )
}
