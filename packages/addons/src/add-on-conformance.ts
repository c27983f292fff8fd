import type { AddOnCall, AddOnModel, LogSink } from '@celadon/contracts'
import { createSimulation, type Simulation } from '@celadon/kernel'
import { type AttachedAddOn, attachAddOn } from './attached-add-on.js'
import { addOnsError } from './errors.js'
import { resolvePlan } from './plan.js'

/** One requirement. `run` throws `ADDONS_CONFORMANCE` when the model does not meet it. */
export interface ConformanceCheck {
  readonly name: string
  run(): void
}

const HOUR_MS = 3_600_000
const CALLS = 200
/** More events than a model needs for an hour in which nobody calls it. */
const IDLE_EVENTS_MAX = 100_000
/** Where to stop looking for a limit of connections. */
const CONNECTIONS_MAX = 100_000

/**
 * What every add-on model must do, as checks for any test runner:
 *
 *     for (const { name, run } of addOnConformance(myAddOn())) test(name, run)
 *
 * Checks of calls and connections pass on models that have none.
 */
export function addOnConformance(model: AddOnModel): readonly ConformanceCheck[] {
  const checks: readonly [string, (model: AddOnModel) => void][] = [
    ['the service name is one that a command line can take', checkService],
    ['every plan has a name and a price', checkPlans],
    ['every plan can be attached and lived with for an hour', checkPlansLive],
    ['the same seed gives the same behaviour', checkDeterminism],
    ['two instances do not disturb each other', checkIndependence],
    ['every call is finished exactly once', checkCalls],
    ['connections that are closed can be opened again', checkConnections],
    ['gauges are finite numbers at any time', checkGauges],
  ]
  return checks.map(([name, check]) => ({
    name: `${model.service}: ${name}`,
    run: () => check(model),
  }))
}

function checkService(model: AddOnModel): void {
  demand(/^[a-z][a-z0-9-]*$/.test(model.service), `service '${model.service}' is no add-on name`)
}

function checkPlans(model: AddOnModel): void {
  const names = Object.keys(model.plans)
  demand(names.length > 0, 'there is no plan')
  for (const name of names) {
    const { usdPerMonth } = resolvePlan(model, name)
    demand(/^[a-z0-9][a-z0-9.-]*$/.test(name), `plan '${name}' is no plan name`)
    // JavaScript moves such keys to the front of an object, so another plan would be the default.
    demand(!/^\d+$/.test(name), `plan '${name}' is a number: the order of plans would be lost`)
    demand(
      Number.isFinite(usdPerMonth) && usdPerMonth >= 0,
      `usdPerMonth of ${name} is ${usdPerMonth}`,
    )
  }
}

function checkPlansLive(model: AddOnModel): void {
  for (const plan of Object.keys(model.plans)) {
    const simulation = createSimulation({ seed: plan, eventsMax: IDLE_EVENTS_MAX })
    const bench = new Bench(model, simulation, 'FIRST', plan)
    simulation.run(HOUR_MS)
    for (const [name, value] of Object.entries(bench.attached.configVars)) {
      demand(typeof value === 'string' && value !== '', `config var ${name} of ${plan} is empty`)
    }
    for (const line of bench.lines) {
      demand(/^app\[[a-z0-9-]+\]: [^\n]+$/.test(line), `${plan} logged '${line}'`)
    }
  }
}

function checkDeterminism(model: AddOnModel): void {
  const [first, second] = [history(model, 'seed'), history(model, 'seed')]
  demand(first === second, 'two runs with one seed differ')
}

function checkIndependence(model: AddOnModel): void {
  const alone = history(model, 'seed')
  const simulation = createSimulation({ seed: 'seed' })
  const bench = new Bench(model, simulation, 'FIRST')
  const other = new Bench(model, simulation, 'SECOND')
  bench.exercise()
  other.exercise()
  simulation.run(HOUR_MS)
  demand(bench.history() === alone, 'an instance behaves differently next to a second one')
}

function checkCalls(model: AddOnModel): void {
  const simulation = createSimulation({ seed: 'calls' })
  const { attached, calls, exercise } = new Bench(model, simulation, 'FIRST')
  exercise()
  simulation.run(HOUR_MS)
  demand(attached.callsUnderWay === 0, `${attached.callsUnderWay} of ${CALLS} calls never finish`)
  for (const { finished } of calls) demand(finished === 1, `a call was finished ${finished} times`)
}

function checkConnections(model: AddOnModel): void {
  const { attached } = new Bench(model, createSimulation(), 'FIRST')
  const opened = openAll(attached)
  if (opened === CONNECTIONS_MAX) return
  demand(opened > 0, 'not a single connection can be opened')
  demand(attached.connect() !== null, 'a connection beyond the limit was opened')
  attached.disconnect(1)
  demand(attached.connect() === null, 'a connection that was closed cannot be opened again')
  attached.disconnect(opened)
  const again = openAll(attached)
  demand(again === opened, `at first ${opened} connections could be opened, then ${again}`)
}

function checkGauges(model: AddOnModel): void {
  const simulation = createSimulation({ seed: 'gauges' })
  const { attached, exercise } = new Bench(model, simulation, 'FIRST')
  exercise()
  for (const untilMs of [0, 10, 1000, HOUR_MS]) {
    simulation.run(untilMs)
    for (const [name, read] of Object.entries(attached.gauges)) {
      demand(Number.isFinite(read()), `gauge ${name} reads ${read()} at ${untilMs} ms`)
    }
  }
}

function openAll(attached: AttachedAddOn): number {
  let opened = 0
  while (opened < CONNECTIONS_MAX) {
    const refusal = attached.connect()
    if (refusal !== null) {
      demand(refusal !== '', 'a connection is refused without a message')
      break
    }
    opened += 1
  }
  return opened
}

function history(model: AddOnModel, seed: string): string {
  const simulation = createSimulation({ seed })
  const bench = new Bench(model, simulation, 'FIRST')
  bench.exercise()
  simulation.run(HOUR_MS)
  return bench.history()
}

/** A started instance with somebody who calls it and takes down what it does. */
class Bench {
  readonly lines: string[] = []
  readonly calls: RecordedCall[] = []
  readonly attached: AttachedAddOn

  constructor(
    model: AddOnModel,
    private readonly simulation: Simulation,
    private readonly attachment: string,
    plan?: string,
  ) {
    const log: LogSink = {
      write: (source, process, text) => this.lines.push(`${source}[${process}]: ${text}`),
      writeRequest: () => {},
    }
    const runOneOff = (command: string) => this.lines.push(`app[run]: ${simulation.now} ${command}`)
    const options = { attachment, simulation, log, runOneOff }
    this.attached = attachAddOn(model, plan === undefined ? options : { ...options, plan })
    this.attached.start()
  }

  /** Schedules calls of random size at random times, unless the model serves none. */
  readonly exercise = (): void => {
    if (this.attached.addOn.call === undefined) return
    const stream = this.simulation.stream(`conformance ${this.attachment}`)
    let atMs = 0
    for (let count = 0; count < CALLS; count += 1) {
      atMs += stream.exponential(4)
      const call = new RecordedCall(1 + stream.below(5), stream.exponential(10), this.simulation)
      this.calls.push(call)
      this.simulation.schedule(atMs, () => this.attached.call(call), null)
    }
  }

  /** All that can be seen of the instance from outside, as text. */
  history(): string {
    const ends = this.calls.map(({ finishedAt, error }) => [finishedAt, error])
    const gauges = Object.entries(this.attached.gauges).map(([name, read]) => [name, read()])
    return JSON.stringify([this.attached.configVars, this.lines, ends, gauges])
  }
}

class RecordedCall implements AddOnCall {
  finished = 0
  finishedAt = -1
  error: string | null = null

  constructor(
    readonly operations: number,
    readonly demandMs: number,
    private readonly simulation: Simulation,
  ) {}

  finish(error?: string): void {
    this.finished += 1
    this.finishedAt = this.simulation.now
    this.error = error ?? null
  }
}

function demand(condition: boolean, failure: string): void {
  if (!condition) throw addOnsError('ADDONS_CONFORMANCE', `Conformance: ${failure}.`)
}
