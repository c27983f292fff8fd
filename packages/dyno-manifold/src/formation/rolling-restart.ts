import type { Place } from './place.js'

/** Share of the dynos that are replaced at a time. Heroku Dev Center, "Rolling Deploys" (2024). */
const SHARE = 0.25

/** Replaces the dyno in a place. */
export interface PlaceRestarter {
  /** False when the place is not in the formation any more, or sleeps. */
  restartPlace(place: Place): boolean
}

/** A rolling restart under way: as soon as a new dyno is up, or has crashed, the next one is replaced. */
export class RollingRestart {
  private readonly waiting: Place[]
  private readonly booting = new Set<Place>()
  private readonly atOnce: number

  constructor(
    places: readonly Place[],
    private readonly restarter: PlaceRestarter,
  ) {
    this.waiting = [...places]
    this.atOnce = Math.ceil(SHARE * places.length)
  }

  /** Replaces as many dynos as may be replaced now. */
  advance(): void {
    while (this.booting.size < this.atOnce) {
      const place = this.waiting.shift()
      if (place === undefined) return
      if (this.restarter.restartPlace(place)) this.booting.add(place)
    }
  }

  /** The new dyno in this place is up, has crashed, or is wanted no more. */
  settled(place: Place): void {
    if (this.booting.delete(place)) this.advance()
  }
}
