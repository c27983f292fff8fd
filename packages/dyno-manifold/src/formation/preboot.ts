import type { Simulation } from '@celadon/kernel'
import type { Dyno } from '../life/dyno.js'

/**
 * What the switch waits for beside the boot time-out: 3 minutes together by default. Sources: Heroku Dev
 * Center, "Preboot" (2023); Heroku changelog 1121.
 */
const MARGIN_MS = 120_000

/** Hears that the time has come to switch over to the new dynos. */
export interface PrebootListener {
  switchOver(): void
}

/** A restart with preboot under way: the old dynos serve, the new ones boot beside them. */
export class Preboot {
  private ticket: number

  /** @param old dynos that take requests until the switch */
  constructor(
    readonly old: readonly Dyno[],
    private readonly simulation: Simulation,
    bootTimeoutMs: number,
    private readonly listener: PrebootListener,
  ) {
    this.ticket = simulation.schedule(bootTimeoutMs + MARGIN_MS, switchOver, this)
  }

  due(): void {
    this.listener.switchOver()
  }

  cancel(): void {
    this.simulation.cancel(this.ticket)
  }
}

function switchOver(preboot: Preboot): void {
  preboot.due()
}
