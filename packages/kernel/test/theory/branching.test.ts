// Particles that live for an exponential time and then split (Yule 1925; Athreya and Ney 1972, III.5).
// Their number explodes while others, which live a million times longer, wait beside them: the queue
// of events grows in mid-run and must lay its buckets anew.
import { describe, expect, test } from 'vitest'
import {
  covers,
  createSimulation,
  meanInterval,
  type RandomStream,
  type Simulation,
} from '../../src/index.js'

const LIFE_MS = 10
const ANCESTORS = 300
const SPORES = 700
const REPLICATIONS = 300

class Colony {
  readonly simulation: Simulation
  alive = 0
  dead = 0
  /** Spores, each of which waits for one event. */
  asleep = SPORES
  fertile = true
  /** Events that ran before the one that ran last. */
  backwards = 0
  private readonly lives: RandomStream
  private lastNow = 0

  /** @param children into how many a particle splits */
  constructor(
    seed: number,
    private readonly children: number,
  ) {
    this.simulation = createSimulation({ seed })
    this.lives = this.simulation.stream('lives')
    for (let spore = 0; spore < SPORES; spore += 1) {
      this.simulation.schedule(this.lives.exponential(LIFE_MS * 1e6), wake, this)
    }
    for (let particle = 0; particle < ANCESTORS; particle += 1) this.bear()
  }

  bear(): void {
    this.alive += 1
    this.simulation.schedule(this.lives.exponential(LIFE_MS), end, this)
  }

  wake(): void {
    this.readClock()
    this.asleep -= 1
  }

  end(): void {
    this.readClock()
    this.alive -= 1
    this.dead += 1
    if (!this.fertile) return
    for (let child = 0; child < this.children; child += 1) this.bear()
  }

  private readClock(): void {
    const { now } = this.simulation
    if (now < this.lastNow) this.backwards += 1
    this.lastNow = now
  }
}

function wake(colony: Colony): void {
  colony.wake()
}

function end(colony: Colony): void {
  colony.end()
}

for (const children of [2, 20]) {
  describe(`particles that split into ${children}`, () => {
    /** When the number has grown by this factor on average. */
    const growth = 15
    const untilMs = (Math.log(growth) / (children - 1)) * LIFE_MS

    const colonies = Array.from({ length: REPLICATIONS }, (_, seed) => {
      const colony = new Colony(seed, children)
      colony.simulation.run(untilMs)
      return { colony, alive: colony.alive, dead: colony.dead }
    })

    test('grow exponentially', () => {
      const alive = meanInterval(
        colonies.map((colony) => colony.alive),
        0.999,
      )
      expect(alive.relativeHalfWidth).toBeLessThan(0.06)
      expect(covers(alive, growth * ANCESTORS)).toBe(true)
      expect(covers(alive, 1.1 * growth * ANCESTORS)).toBe(false)
    })

    test('have one event each, and every event runs in its turn', () => {
      for (const { colony, alive, dead } of colonies) {
        expect(alive).toBe(ANCESTORS + (children - 1) * dead)
        expect(colony.simulation.pending).toBe(alive + colony.asleep)
        colony.fertile = false
        colony.simulation.run()
        expect(colony).toMatchObject({ alive: 0, asleep: 0, dead: alive + dead, backwards: 0 })
        expect(colony.simulation.pending).toBe(0)
      }
    })
  })
}
