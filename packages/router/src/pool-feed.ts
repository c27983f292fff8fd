import type { DynoPool } from '@celadon/contracts'
import type { Distribution, RandomStream, Simulation } from '@celadon/kernel'
import { type PoolView, viewOf } from './instance/pool-view.js'
import type { RouterInstance } from './instance/router-instance.js'

/**
 * Tells the instances of a router that the pool has changed, each one after a delay of its own.
 * Heroku's routers learned of dynos from a replicated feed, which had its own lag.
 */
export class PoolFeed {
  private changes = 0
  private readonly stream: RandomStream

  constructor(
    private readonly simulation: Simulation,
    private readonly pool: DynoPool,
    private readonly delayMs: number | Distribution,
  ) {
    this.stream = simulation.stream('router/view')
  }

  /** The pool has changed. */
  tell(instances: readonly RouterInstance[]): void {
    if (this.delayMs === 0) {
      // What one places may bring new requests to the others: all have to know before.
      for (const instance of instances) instance.learn(this.pool)
      for (const { dispatcher } of instances) dispatcher.viewChanged()
      return
    }
    const view = viewOf(this.pool)
    this.changes += 1
    for (const instance of instances) {
      const notice = new Notice(instance, this.changes, view)
      this.simulation.schedule(this.drawDelay(), arrive, notice)
    }
  }

  private drawDelay(): number {
    const { delayMs, stream } = this
    return typeof delayMs === 'number' ? delayMs : delayMs.quantile(stream.float())
  }
}

/** A change of the pool on its way to an instance. */
class Notice {
  constructor(
    readonly instance: RouterInstance,
    readonly change: number,
    readonly view: PoolView,
  ) {}
}

/** A change that a later one has overtaken is no news. */
function arrive({ instance, change, view }: Notice): void {
  if (change < instance.lastChange) return
  instance.lastChange = change
  instance.learn(view)
  instance.dispatcher.viewChanged()
}
