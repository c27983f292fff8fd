import { invalidDelay } from '../errors.js'
import type { Handler } from './event-slots.js'
import type { RegisterOwner } from './registers.js'

/**
 * A renewal source: an event that comes again and again, each time after a gap that is drawn when
 * the one before is due. Made by `simulation.source`. Its next event is a register beside the event
 * queue, which makes it the cheapest way to let customers arrive.
 */
export class Source<Target> {
  /** Time of the next event, `Infinity` when the source is stopped. */
  time: number = Number.POSITIVE_INFINITY
  /** @internal */
  sequence = 0
  /** @internal */
  place = 0

  /** @internal */
  constructor(
    private readonly gap: (nowMs: number) => number,
    private readonly handler: Handler<Target>,
    private readonly target: Target,
    private readonly arg: number,
    private readonly owner: RegisterOwner,
  ) {}

  /**
   * Draws a gap and waits for the next event; one that it waited for already is dropped.
   *
   * @throws `KERNEL_DELAY_INVALID` when the gap is negative or not a number; the source stops then
   */
  start(): void {
    const { owner } = this
    const gapMs = this.gap(owner.now)
    if (!(gapMs >= 0)) {
      this.stop()
      throw invalidDelay('The gap of a source', gapMs, owner.now)
    }
    this.time = owner.now + gapMs
    this.sequence = owner.sequence++
    owner.registers.update(this)
    if (owner.inspecting) this.tell('scheduled')
  }

  /** Waits for no event until {@link start} is called again. */
  stop(): void {
    this.time = Number.POSITIVE_INFINITY
    this.owner.registers.update(this)
  }

  /** @internal */
  fire(): void {
    if (this.owner.inspecting) this.tell('executed')
    this.start()
    this.handler(this.target, this.arg)
  }

  private tell(type: 'scheduled' | 'executed'): void {
    const { owner, time, sequence, target, arg } = this
    owner.inspection.tell({
      type,
      kind: 'source',
      nowMs: owner.now,
      dueMs: time,
      sequence,
      handler: this.handler.name,
      target,
      arg,
    })
  }
}
