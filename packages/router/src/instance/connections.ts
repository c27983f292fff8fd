import type { Simulation } from '@celadon/kernel'
import type { RouterSettings } from '../settings.js'
import { BackendConnection } from './backend-connection.js'
import type { BackendState } from './backend-state.js'
import type { RouterInstance } from './router-instance.js'

/** The connections of one router instance to the dynos: opened, kept while idle, closed. */
export class Connections {
  /** Connections that were never kept alive, so that no program knows them any more. */
  private readonly free: BackendConnection[] = []

  private readonly keepAliveMs: number
  /** Time after which the router hears that a dyno has closed a connection. */
  private readonly newsMs: number

  constructor(
    private readonly simulation: Simulation,
    settings: RouterSettings,
    private readonly instance: RouterInstance,
  ) {
    this.keepAliveMs = settings.keepAliveMs
    this.newsMs = settings.handshakeMs / 2
  }

  /** A new connection to a dyno. */
  open(state: BackendState): BackendConnection {
    const connection = this.free.pop() ?? new BackendConnection(this.instance, this.keepAliveMs > 0)
    connection.state = state
    connection.reused = false
    connection.peer = null
    return connection
  }

  /**
   * An idle connection to a dyno, the one that was used last; null when there is none. Those that one
   * of the two has closed meanwhile are forgotten: the router its own after `keepAliveMs`, the dyno's
   * when it can have heard of it.
   */
  reuse(state: BackendState): BackendConnection | null {
    const { now } = this.simulation
    for (let idle = state.popIdle(); idle !== null; idle = state.popIdle()) {
      const closedHere = now - idle.idleSince >= this.keepAliveMs
      if (!closedHere && now < idle.keptUntil + this.newsMs) return idle
      idle.keptUntil = -1
    }
    return null
  }

  /**
   * Whether a request that is sent now on an idle connection arrives after the dyno has closed it.
   * Then it is lost: that is the race between keep-alive times of router and server.
   */
  isLost({ keptUntil }: BackendConnection): boolean {
    return this.simulation.now > keptUntil - this.newsMs
  }

  /** A dyno is through with a request: its connection is kept when both sides want that. */
  keep(connection: BackendConnection): void {
    const state = connection.state as BackendState
    const { now } = this.simulation
    if (!connection.keepAlive || connection.keptUntil <= now || state.isGone) {
      this.drop(connection)
      return
    }
    connection.idleSince = now
    connection.reused = true
    state.pushIdle(connection)
  }

  /** Forgets a connection that is closed. */
  drop(connection: BackendConnection): void {
    if (connection.keptUntil < 0) this.free.push(connection)
    else connection.keptUntil = -1
  }
}
