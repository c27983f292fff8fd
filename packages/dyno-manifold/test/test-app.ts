import {
  type AddOn,
  type DynoSize,
  type Generation,
  HttpRequest,
  type LogSink,
  type Program,
} from '@celadon/contracts'
import { constant, createSimulation, type Distribution, type Simulation } from '@celadon/kernel'
import {
  createDynoManifold,
  DYNO_SIZES,
  type DynoEvent,
  type DynoManifold,
  type ManifoldSettings,
  unicorn,
} from '../src/index.js'

export interface TestAppOptions {
  readonly seed?: string | number
  readonly generation?: Generation
  /** On top of {@link CALM}. */
  readonly settings?: Partial<ManifoldSettings>
  readonly program?: Program
  readonly size?: DynoSize
  readonly crashEveryMs?: Distribution | null
  readonly addOns?: (simulation: Simulation) => Readonly<Record<string, AddOn>>
}

export interface TestApp {
  readonly simulation: Simulation
  readonly manifold: DynoManifold
  /** The log: seconds, source and process, text. */
  readonly lines: string[]
  readonly events: DynoEvent[]
}

/** Dynos are provisioned in 2 s, and nothing happens to them by itself. */
const CALM: Partial<ManifoldSettings> = {
  provisionMs: constant(2000),
  cycleMs: Number.POSITIVE_INFINITY,
  sleepingSizes: [],
  metricsMs: Number.POSITIVE_INFINITY,
}

/** An app with a process type `web` that has no dynos yet. */
export function createTestApp(options: TestAppOptions = {}): TestApp {
  const { seed = 1, generation = 'router-2.0', addOns = () => ({}) } = options
  const simulation = createSimulation({ seed })
  const lines: string[] = []
  const events: DynoEvent[] = []
  const manifold = createDynoManifold({
    simulation,
    generation,
    settings: { ...CALM, ...options.settings },
    addOns: new Map(Object.entries(addOns(simulation))),
    log: testLog(simulation, lines),
    onEvent: (event) => events.push(event),
  })
  manifold.define('web', {
    size: options.size ?? DYNO_SIZES['standard-1x'],
    command: 'bundle exec unicorn',
    program: options.program ?? unicorn(),
    crashEveryMs: options.crashEveryMs ?? null,
  })
  return { simulation, manifold, lines, events }
}

function testLog(simulation: Simulation, lines: string[]): LogSink {
  const write = (text: string): void => {
    lines.push(`${Number((simulation.now / 1000).toFixed(3))} ${text}`)
  }
  return {
    write: (source, process, text) => write(`${source}[${process}]: ${text}`),
    writeRequest: (source, process, request) => write(`${source}[${process}]: #${request.id}`),
  }
}

/** Takes the lines that were written since the last time. */
export function taken(app: TestApp): string[] {
  return app.lines.splice(0)
}

/** What a program did that was told to run, and the means to end it. */
export interface Puppet {
  readonly program: Program
  /** `terminate` and `kill`, in the order in which they came. */
  readonly signals: string[]
  /** Ends the program that was started last. */
  exit(status: number): void
}

/** A program that does nothing until it is told to. It ignores SIGTERM. */
export function puppet(options: Partial<Program> = {}): Puppet {
  const signals: string[] = []
  let exit: (status: number) => void = () => {}
  return {
    signals,
    exit: (status) => exit(status),
    program: {
      name: 'puppet',
      bootMs: 1000,
      slots: 1,
      start(host) {
        exit = (status) => host.exit(status)
        return {
          terminate: () => signals.push('terminate'),
          kill: () => signals.push('kill'),
        }
      },
      ...options,
    },
  }
}

/** A request that takes `demandMs` without using the CPU. */
export function waitingRequest(id: number, demandMs: number): HttpRequest {
  const request = new HttpRequest()
  request.begin(id, { method: 'GET', path: '/', responseBytes: 2048 }, null)
  request.work.demandMs = demandMs
  request.work.steps = [{ type: 'wait', share: 1 }]
  return request
}

/** A request that computes for `demandMs`. */
export function computingRequest(id: number, demandMs: number): HttpRequest {
  const request = waitingRequest(id, demandMs)
  request.work.steps = [{ type: 'cpu', share: 1 }]
  return request
}
