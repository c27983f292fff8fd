import fc from 'fast-check'
import type { Engine, OnEvent } from './naive-simulation.js'

/** What an event does when it runs. References count tickets modulo the number handed out so far. */
export type Action =
  | { readonly type: 'schedule'; readonly delayMs: number }
  | { readonly type: 'cancel'; readonly reference: number }
  | { readonly type: 'arm'; readonly ring: number }
  | { readonly type: 'disarm'; readonly ring: number; readonly reference: number }

export interface Program {
  readonly ringDelaysMs: readonly number[]
  /** Event number n performs the n-th entry, modulo their number. */
  readonly scripts: readonly (readonly Action[])[]
  /** How many events are scheduled before the run. */
  readonly initial: number
  /** The run is made in slices that end here; the last one has no end. */
  readonly slicesMs: readonly number[]
}

/** Delays from a small set, so that many events fall on the same moment. */
const delay: fc.Arbitrary<number> = fc.oneof(
  fc.constantFrom(0, 0, 1, 2, 3, 5),
  fc.integer({ min: 0, max: 20_000 }).map((us) => us / 1000),
)
const reference: fc.Arbitrary<number> = fc.nat(999)

const eventAction: fc.Arbitrary<Action> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ type: fc.constant('schedule' as const), delayMs: delay }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('cancel' as const), reference }) },
)

function timerAction(rings: number): fc.Arbitrary<Action> {
  const ring = fc.nat(rings - 1)
  return fc.oneof(
    { weight: 3, arbitrary: fc.record({ type: fc.constant('arm' as const), ring }) },
    { weight: 2, arbitrary: fc.record({ type: fc.constant('disarm' as const), ring, reference }) },
    { weight: 2, arbitrary: eventAction },
  )
}

function programOf(
  ringDelaysMs: readonly number[],
  action: fc.Arbitrary<Action>,
): fc.Arbitrary<Program> {
  return fc.record({
    ringDelaysMs: fc.constant(ringDelaysMs),
    scripts: fc.array(fc.array(action, { maxLength: 6 }), { minLength: 1, maxLength: 12 }),
    initial: fc.integer({ min: 1, max: 12 }),
    slicesMs: fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 4 }),
  })
}

/** Programs of scheduled events only. */
export const eventPrograms: fc.Arbitrary<Program> = programOf([], eventAction)

/** Programs of timers and scheduled events that tie with them. */
export const timerPrograms: fc.Arbitrary<Program> = fc
  .array(fc.constantFrom(0, 1, 2, 3, 7), { minLength: 1, maxLength: 4 })
  .chain((ringDelaysMs) => programOf(ringDelaysMs, timerAction(ringDelaysMs.length)))

const EVENTS_MAX = 250

/** Runs a program and returns all that can be seen of it, line by line. */
export function trace(
  program: Program,
  createEngine: (ringDelaysMs: readonly number[], onEvent: OnEvent) => Engine,
): string[] {
  const lines: string[] = []
  const tickets: number[] = []
  const timers: number[][] = program.ringDelaysMs.map(() => [])
  let events = 0

  const perform = (action: Action): void => {
    if (action.type === 'schedule' && events < EVENTS_MAX) {
      tickets.push(engine.schedule(action.delayMs, events++))
    } else if (action.type === 'arm' && events < EVENTS_MAX) {
      timers[action.ring]?.push(engine.arm(action.ring, events++))
    } else if (action.type === 'cancel' && tickets.length > 0) {
      const ticket = tickets[action.reference % tickets.length] ?? -1
      lines.push(`cancel ${engine.cancel(ticket)}`)
    } else if (action.type === 'disarm') {
      const own = timers[action.ring] ?? []
      if (own.length === 0) return
      const ticket = own[action.reference % own.length] ?? -1
      lines.push(`disarm ${engine.disarm(action.ring, ticket)}`)
    }
  }
  const engine = createEngine(program.ringDelaysMs, (event) => {
    lines.push(`${engine.now} event ${event}`)
    program.scripts[event % program.scripts.length]?.forEach(perform)
  })

  for (let event = 0; event < program.initial; event += 1) {
    perform({ type: 'schedule', delayMs: event % 3 })
  }
  for (const untilMs of program.slicesMs) {
    engine.run(untilMs)
    lines.push(`slice until ${untilMs}: ${engine.now}`)
  }
  engine.run()
  return lines
}
