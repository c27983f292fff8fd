// A renewal process at random moments: its age and excess, and why they exceed half of the mean gap.
import { test } from 'vitest'
import { createSimulation, type Simulation } from '../../src/index.js'
import { type Draw, exponentialDraw } from './arrivals.js'
import { meanExcess } from './formulas.js'
import { gaps } from './renewal-gaps.js'
import { expectMean, expectOther, SteadyMean } from './steady-mean.js'

const VISITS = 2_000_000
const VISIT_GAP_MS = 7

/** A renewal process that an inspector visits at random times. */
class Inspection {
  renewedAt = 0
  nextAt = 0
  readonly age = new SteadyMean()
  readonly excess = new SteadyMean()
  /** Visits when the last renewal was longer ago than the mean gap. */
  readonly old = new SteadyMean()

  constructor(
    readonly simulation: Simulation,
    readonly gap: Draw,
    readonly visit: Draw,
    readonly meanMs: number,
  ) {}
}

function renew(renewal: Inspection): void {
  const { simulation, gap } = renewal
  const gapMs = gap()
  renewal.renewedAt = simulation.now
  renewal.nextAt = simulation.now + gapMs
  simulation.schedule(gapMs, renew, renewal)
}

function visit(renewal: Inspection): void {
  const { simulation, renewedAt, nextAt, meanMs } = renewal
  renewal.age.record(simulation.now - renewedAt)
  renewal.excess.record(nextAt - simulation.now)
  renewal.old.recordIf(simulation.now - renewedAt > meanMs)
  simulation.schedule(renewal.visit(), visit, renewal)
}

for (const gap of gaps) {
  test(`a random moment with ${gap.name} lies in a longer gap than the mean one`, () => {
    const simulation = createSimulation({ seed: 'inspection' })
    const gapDraw = gap.from(simulation.stream('gaps'))
    const visitDraw = exponentialDraw(simulation.stream('visits'), VISIT_GAP_MS)
    const renewal = new Inspection(simulation, gapDraw, visitDraw, gap.mean)
    simulation.schedule(0, renew, renewal)
    simulation.schedule(visitDraw(), visit, renewal)
    simulation.run(VISIT_GAP_MS * VISITS)
    expectMean(renewal.age, meanExcess(gap), 0.01)
    expectMean(renewal.excess, meanExcess(gap), 0.01)
    expectMean(renewal.old, gap.beyond(gap.mean) / gap.mean, 0.01)
    // As if the moment lay in a gap like any other: half of the mean gap on either side.
    expectOther(renewal.excess, gap.mean / 2)
  })
}
