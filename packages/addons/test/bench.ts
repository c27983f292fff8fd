import type { AddOnCall, AddOnModel, AddOnPlan } from '@celadon/contracts'
import { createSimulation, type Simulation } from '@celadon/kernel'
import { type AttachedAddOn, attachAddOn } from '../src/index.js'

export interface Bench<Plan extends AddOnPlan> {
  readonly simulation: Simulation
  readonly attached: AttachedAddOn<Plan>
  readonly lines: string[]
  /** Commands of one-off dynos, each after its time in milliseconds. */
  readonly commands: string[]
}

/** Attaches and starts an add-on in a simulation of its own. */
export function bench<Plan extends AddOnPlan>(
  model: AddOnModel<Plan>,
  options: {
    readonly plan?: string
    readonly attachment?: string
    readonly seed?: string
    readonly startMs?: number
    readonly epochMs?: number
  } = {},
): Bench<Plan> {
  const simulation = createSimulation({
    seed: options.seed ?? 'test',
    epochMs: options.epochMs ?? 0,
  })
  simulation.run(options.startMs ?? 0)
  const lines: string[] = []
  const commands: string[] = []
  const attached = attachAddOn(model, {
    attachment: options.attachment ?? model.service,
    ...(options.plan === undefined ? {} : { plan: options.plan }),
    simulation,
    log: {
      write: (source, process, text) => lines.push(`${source}[${process}]: ${text}`),
      writeRequest: () => {},
    },
    runOneOff: (command) => commands.push(`${simulation.now} ${command}`),
  })
  attached.start()
  return { simulation, attached, lines, commands }
}

/** A call that knows when it ended and how often. */
export class TestCall implements AddOnCall {
  operations = 1
  readonly startedAt: number
  finishedAt = -1
  finishes = 0
  error: string | undefined = undefined

  constructor(
    private readonly simulation: Simulation,
    readonly demandMs: number,
  ) {
    this.startedAt = simulation.now
  }

  get latencyMs(): number {
    return this.finishedAt - this.startedAt
  }

  finish(error?: string): void {
    this.finishes += 1
    this.finishedAt = this.simulation.now
    this.error = error
  }
}
