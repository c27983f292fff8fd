import type { Simulation, Timeout } from '@celadon/kernel'
import type { RouterSettings } from '../settings.js'
import { type Exchange, NOT_ARMED } from './exchange.js'

/** The timers that run out after the same time for every request. */
export interface Timers {
  /** H12: the dyno has not begun to answer. */
  readonly firstByte: Timeout<Exchange>
  /** H20: no dyno has come up. */
  readonly hold: Timeout<Exchange>
  /** H15: the dyno has fallen silent in the middle of its response. */
  readonly silence: Timeout<Exchange>
}

export function createTimers(simulation: Simulation, settings: RouterSettings): Timers {
  return {
    firstByte: simulation.timeout<Exchange>(settings.firstByteMs, firstByteMissed),
    hold: simulation.timeout<Exchange>(settings.holdMs, heldInVain),
    silence: simulation.timeout<Exchange>(settings.idleMs, silenceOver),
  }
}

function firstByteMissed(exchange: Exchange): void {
  exchange.firstByteTicket = NOT_ARMED
  exchange.instance.fail(exchange, 'H12')
}

function heldInVain(exchange: Exchange): void {
  exchange.holdTicket = NOT_ARMED
  exchange.instance.dispatcher.heldInVain(exchange)
}

function silenceOver(exchange: Exchange): void {
  exchange.silenceTicket = NOT_ARMED
  exchange.instance.responder.silenceOver(exchange)
}
