import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  createSimulation,
  Interruption,
  type Process,
  type ProcessGenerator,
  Signal,
  type Simulation,
  startProcess,
  Waitable,
} from '../../src/index.js'

function thrownBy(act: () => unknown): unknown {
  try {
    act()
  } catch (error) {
    return error
  }
  return expect.unreachable('nothing was thrown')
}

describe('a process', () => {
  test('runs up to its first wait at once, then after each delay', () => {
    const simulation = createSimulation()
    const times: number[] = []
    startProcess(simulation, function* () {
      times.push(simulation.now)
      yield 10
      times.push(simulation.now)
      yield 0.5
      times.push(simulation.now)
    })
    expect(times).toEqual([0])
    simulation.run()
    expect(times).toEqual([0, 10, 10.5])
  })

  test('gets its arguments, and has the name of its generator function', () => {
    const simulation = createSimulation()
    const seen: unknown[] = []
    function* customer(name: string, delayMs: number): ProcessGenerator {
      yield delayMs
      seen.push(name, simulation.now)
    }
    const process = startProcess(simulation, customer, 'ada', 3)
    expect(process.name).toBe('customer')
    expect(process.ended).toBe(false)
    simulation.run()
    expect(process.ended).toBe(true)
    expect(seen).toEqual(['ada', 3])
  })

  test('takes its turn among events of the same time in the order of scheduling', () => {
    const delays = fc.array(fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 6 }))
    fc.assert(
      fc.property(delays, (scripts) => {
        expect(asProcesses(scripts)).toEqual(asHandlers(scripts))
      }),
    )
  })
})

function asProcesses(scripts: readonly (readonly number[])[]): string[] {
  const simulation = createSimulation()
  const log: string[] = []
  function* walk(id: number, delays: readonly number[]): ProcessGenerator {
    for (const delay of delays) {
      yield delay
      log.push(`${id} at ${simulation.now}`)
    }
  }
  for (const [id, delays] of scripts.entries()) startProcess(simulation, walk, id, delays)
  simulation.run()
  return log
}

function asHandlers(scripts: readonly (readonly number[])[]): string[] {
  const simulation = createSimulation()
  const log: string[] = []
  function next({ id, delays }: { id: number; delays: readonly number[] }, step: number): void {
    if (step > 0) log.push(`${id} at ${simulation.now}`)
    const delay = delays[step]
    if (delay !== undefined) simulation.schedule(delay, next, { id, delays }, step + 1)
  }
  for (const [id, delays] of scripts.entries()) next({ id, delays }, 0)
  simulation.run()
  return log
}

describe('waiting for another process', () => {
  function* work(simulation: Simulation, delayMs: number): ProcessGenerator<string> {
    yield delayMs
    return `done at ${simulation.now}`
  }

  test('gives what it returns, when it returns', () => {
    const simulation = createSimulation()
    const results: string[] = []
    const worker = startProcess(simulation, work, simulation, 20)
    for (const lateMs of [0, 30]) {
      startProcess(simulation, function* () {
        yield lateMs
        const result: string = yield* worker
        results.push(`${result}, seen at ${simulation.now}`)
      })
    }
    simulation.run()
    expect(results).toEqual(['done at 20, seen at 20', 'done at 20, seen at 30'])
  })

  test('a generator of its own kind is part of the process', () => {
    const simulation = createSimulation()
    const process = startProcess(simulation, function* () {
      const first = yield* work(simulation, 5)
      const second = yield* work(simulation, 5)
      return [first, second]
    })
    let result: readonly string[] = []
    startProcess(simulation, function* () {
      result = yield* process
    })
    simulation.run()
    expect(result).toEqual(['done at 5', 'done at 10'])
  })

  test('throws the error with which it failed', () => {
    const simulation = createSimulation()
    const caught: unknown[] = []
    const worker = startProcess(simulation, function* bad(): ProcessGenerator {
      yield 1
      throw new Error('out of paint')
    })
    startProcess(simulation, function* () {
      try {
        yield* worker
      } catch (error) {
        caught.push(error)
      }
    })
    const failure = thrownBy(() => simulation.run())
    simulation.run()
    expect(caught).toEqual([failure])
  })
})

describe('an error in a process', () => {
  test('comes out of run, with the name of the process and the cause', () => {
    const simulation = createSimulation()
    const cause = new TypeError('out of paint')
    const painter = startProcess(simulation, function* painter(): ProcessGenerator {
      yield 25
      throw cause
    })
    expect(thrownBy(() => simulation.run())).toMatchObject({
      name: 'CeladonError',
      code: 'KERNEL_PROCESS_FAILED',
      message: 'The process painter failed at virtual time 25 ms: out of paint',
      cause,
    })
    expect(painter.ended).toBe(true)
  })

  test('before the first wait comes out of startProcess', () => {
    const start = () =>
      startProcess(createSimulation(), function* (): ProcessGenerator {
        yield* []
        throw 'no error object'
      })
    expect(thrownBy(start)).toMatchObject({
      message: 'The process without a name failed at virtual time 0 ms: no error object',
      cause: 'no error object',
    })
  })

  const nonsense: readonly (readonly [string, unknown, string, RegExp])[] = [
    ['a negative delay', -1, 'KERNEL_DELAY_INVALID', /0 or more, but a process yielded -1/],
    ['a delay that is not a number', Number.NaN, 'KERNEL_DELAY_INVALID', /yielded NaN/],
    ['text', '10', 'KERNEL_ARGUMENT_INVALID', /number of milliseconds.* but yielded 10/],
    ['nothing', undefined, 'KERNEL_ARGUMENT_INVALID', /but yielded undefined/],
    ['a promise', Promise.resolve(), 'KERNEL_ARGUMENT_INVALID', /yielded \[object Promise\]/],
    ['a generator', (function* () {})(), 'KERNEL_ARGUMENT_INVALID', /yield\* instead of yield/],
  ]
  test.each(nonsense)('is thrown where it yields %s', (_, value, code, message) => {
    const simulation = createSimulation()
    const steps: string[] = []
    startProcess(simulation, function* (): ProcessGenerator {
      yield 1
      try {
        yield value as number
      } finally {
        steps.push('cleaned up')
      }
    })
    const failure = thrownBy(() => simulation.run())
    expect(failure).toMatchObject({ code: 'KERNEL_PROCESS_FAILED', cause: { code } })
    expect(String(failure)).toMatch(message)
    expect(steps).toEqual(['cleaned up'])
  })
})

describe('an interruption', () => {
  function* sleeper(
    simulation: Simulation,
    log: string[],
    wait: () => ProcessGenerator,
  ): ProcessGenerator {
    try {
      yield* wait()
      log.push(`slept until ${simulation.now}`)
    } catch (error) {
      if (!(error instanceof Interruption)) throw error
      log.push(`${error.message} at ${simulation.now}`)
      yield 5
      log.push(`up at ${simulation.now}`)
    }
  }

  const signal = new Signal()
  const waits: readonly (readonly [string, (other: Process<void>) => ProcessGenerator])[] = [
    [
      'a delay',
      function* () {
        yield 100
      },
    ],
    [
      'a signal',
      function* () {
        yield* signal
      },
    ],
    [
      'a process',
      function* (other) {
        yield* other
      },
    ],
  ]
  test.each(waits)('ends the wait for %s, which does not come any more', (_, wait) => {
    const simulation = createSimulation()
    const log: string[] = []
    const other = startProcess(simulation, function* () {
      yield 100
    })
    const process = startProcess(simulation, sleeper, simulation, log, () => wait(other))
    simulation.run(10)
    expect(process.interrupt('fire alarm')).toBe(true)
    signal.fire()
    simulation.run()
    expect(log).toEqual(['Interrupted: fire alarm at 10', 'up at 15'])
  })

  test('takes nobody else away who waits for the same', () => {
    const simulation = createSimulation()
    const bell = new Signal()
    const log: string[] = []
    const [first] = ['first', 'second', 'third'].map((name) =>
      startProcess(simulation, function* () {
        try {
          yield* bell
          log.push(name)
        } catch {}
      }),
    )
    first?.interrupt('fire alarm')
    bell.fire()
    simulation.run()
    expect(log).toEqual(['second', 'third'])
  })

  test('reaches a process that was woken at the same time and did not go on yet', () => {
    const simulation = createSimulation()
    const log: string[] = []
    const bell = new Signal()
    const process = startProcess(simulation, sleeper, simulation, log, function* () {
      yield* bell
    })
    bell.fire()
    process.interrupt('fire alarm')
    simulation.run()
    expect(log).toEqual(['Interrupted: fire alarm at 0', 'up at 5'])
  })

  test('carries its cause; uncaught, it is an error', () => {
    const simulation = createSimulation()
    const process = startProcess(simulation, function* (): ProcessGenerator {
      yield 10
    })
    const cause = { reason: 'fire' }
    process.interrupt(cause)
    const failure = thrownBy(() => simulation.run())
    expect(failure).toMatchObject({ code: 'KERNEL_PROCESS_FAILED', cause: { cause } })
    expect((failure as Error).cause).toBeInstanceOf(Interruption)
  })

  test('reaches nobody who does not wait', () => {
    const simulation = createSimulation()
    const answers: boolean[] = []
    const process: Process = startProcess(simulation, function* (): ProcessGenerator {
      yield 1
      answers.push(process.interrupt('by itself'))
      try {
        yield 1
      } catch {}
    })
    simulation.run(1)
    answers.push(process.interrupt('once'), process.interrupt('twice'))
    simulation.run()
    answers.push(process.interrupt('after its end'))
    expect(answers).toEqual([false, true, false, false])
  })
})

describe('a signal', () => {
  test('wakes all that wait, in the order in which they came, and nobody later', () => {
    const simulation = createSimulation()
    const signal = new Signal()
    const log: string[] = []
    function* waiter(name: string, fromMs: number): ProcessGenerator {
      yield fromMs
      for (;;) {
        yield* signal
        log.push(`${name} at ${simulation.now}`)
      }
    }
    startProcess(simulation, waiter, 'late', 15)
    startProcess(simulation, waiter, 'second', 2)
    startProcess(simulation, waiter, 'first', 1)
    for (const atMs of [10, 20]) simulation.schedule(atMs, (fired: Signal) => fired.fire(), signal)
    simulation.run()
    expect(log).toEqual([
      'first at 10',
      'second at 10',
      'first at 20',
      'second at 20',
      'late at 20',
    ])
    expect(signal.waiting).toBe(3)
  })
})

test('a waitable of one’s own: whoever comes first wakes the process, once', () => {
  class Either extends Waitable<string> {
    private winner = ''
    private process: Process<unknown> | null = null

    next(woken?: boolean): IteratorResult<Waitable, string> {
      return woken === true ? { done: true, value: this.winner } : { done: false, value: this }
    }

    attach(process: Process<unknown>): void {
      this.process = process
    }

    detach(): void {
      this.process = null
    }

    happen(name: string): void {
      if (this.winner === '') this.winner = name
      this.process?.wake()
    }
  }

  const simulation = createSimulation()
  const either = new Either()
  const log: string[] = []
  startProcess(simulation, function* () {
    log.push(`${yield* either} at ${simulation.now}`)
    yield 100
    log.push(`end at ${simulation.now}`)
  })
  simulation.schedule(10, () => either.happen('answer'), null)
  simulation.schedule(10, () => either.happen('time-out'), null)
  simulation.schedule(30, () => either.happen('late'), null)
  simulation.run()
  expect(log).toEqual(['answer at 10', 'end at 110'])
})
