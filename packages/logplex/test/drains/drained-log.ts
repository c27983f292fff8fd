import { createSimulation, type Simulation } from '@celadon/kernel'
import {
  type BatchAnswer,
  type ConnectAnswer,
  createLogplex,
  type Drain,
  type DrainBatch,
  type DrainCall,
  type DrainConsumer,
  type Logplex,
  type ParsedFrame,
  parseFrames,
} from '../../src/index.js'

/** 2013-04-17T19:04:46Z */
const EPOCH_MS = 1_366_225_486_000

/** A log with one drain. */
export interface DrainedLog<Consumer extends DrainConsumer = DrainConsumer> {
  readonly simulation: Simulation
  readonly logplex: Logplex
  readonly drain: Drain
  readonly consumer: Consumer
}

export function drainedLog<Consumer extends DrainConsumer>(
  url: string,
  makeConsumer: (simulation: Simulation) => Consumer,
  seed = '1',
): DrainedLog<Consumer> {
  const simulation = createSimulation({ epochMs: EPOCH_MS })
  const logplex = createLogplex({
    simulation,
    generation: 'router-2.0',
    host: 'www.example.com',
    seed,
  })
  const consumer = makeConsumer(simulation)
  return { simulation, logplex, consumer, drain: logplex.addDrain({ url, consumer }) }
}

/** Writes `line 1`, `line 2` ... one every `gapMs`, the first after one gap. */
export function writeLines(
  { simulation, logplex }: Pick<DrainedLog, 'simulation' | 'logplex'>,
  count: number,
  gapMs: number,
  padding = '',
): void {
  for (let number = 1; number <= count; number += 1) {
    simulation.schedule(number * gapMs, writeLine, { logplex, text: `line ${number}${padding}` })
  }
}

function writeLine({ logplex, text }: { logplex: Logplex; text: string }): void {
  logplex.write('app', 'web.1', text)
}

/** The messages of a batch; a problem would not match what tests expect. */
export function framesOf(batch: DrainBatch): ParsedFrame[] {
  return parseFrames(batch.bytes, batch.headers === null ? 'syslog' : 'https')
}

export function textsOf(batches: readonly DrainBatch[]): string[] {
  return batches.flatMap((batch) =>
    framesOf(batch).map((frame) => (frame.type === 'message' ? frame.text : frame.problem)),
  )
}

const LOSS = /^Error L10 \(output buffer overflow\): (\d+) messages dropped since (.*)\.$/

/** Messages that reports of loss tell of. */
export function reportedBy(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + Number(LOSS.exec(text)?.[1] ?? 0), 0)
}

/** Numbers of the lines that are no reports of loss. */
export function numbersOf(texts: readonly string[]): number[] {
  return texts.flatMap((text) => {
    const [, number] = /^line (\d+)/.exec(text) ?? []
    return number === undefined ? [] : [Number(number)]
  })
}

/** Everything that a sum of statistics has to account for. */
export function accounted({ statistics }: Drain): number {
  const { delivered, dropped, unconfirmed, sending, waiting } = statistics
  return delivered + dropped + unconfirmed + sending + waiting
}

/** A consumer that answers what a test says, and remembers when it was asked. */
export class ScriptedConsumer implements DrainConsumer {
  readonly connects: number[] = []
  readonly closes: number[] = []
  readonly batches: DrainBatch[] = []
  readonly times: number[] = []
  line: DrainCall<ConnectAnswer> | null = null

  /** An answer of null is none at all. */
  constructor(
    private readonly simulation: Simulation,
    private readonly onConnect: (attempt: number) => ConnectAnswer | null,
    private readonly onBatch: (attempt: number) => BatchAnswer | null,
  ) {}

  connect(call: DrainCall<ConnectAnswer>): void {
    this.connects.push(this.simulation.now)
    this.line = call
    const answer = this.onConnect(this.connects.length)
    if (answer !== null) call.answer(answer)
  }

  receive(batch: DrainBatch, call: DrainCall<BatchAnswer>): void {
    this.batches.push(batch)
    this.times.push(this.simulation.now)
    const answer = this.onBatch(this.batches.length)
    if (answer !== null) call.answer(answer)
  }

  closed(): void {
    this.closes.push(this.simulation.now)
  }
}

/** A log with a drain to a {@link ScriptedConsumer}. */
export function scriptedLog(
  url: string,
  onConnect: (attempt: number) => ConnectAnswer | null,
  onBatch: (attempt: number) => BatchAnswer | null,
  seed = '1',
): DrainedLog<ScriptedConsumer> {
  return drainedLog(url, (made) => new ScriptedConsumer(made, onConnect, onBatch), seed)
}
