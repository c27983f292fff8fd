import { describe, expect, test } from 'vitest'
import {
  CeladonError,
  constant,
  createSimulation,
  exponential,
  type KernelErrorCode,
  lognormal,
  RateProfile,
  uniform,
  weibull,
} from '../src/index.js'

function expectError(code: KernelErrorCode, message: RegExp, act: () => unknown): void {
  try {
    act()
  } catch (error) {
    expect(error).toBeInstanceOf(CeladonError)
    expect(error).toMatchObject({ name: 'CeladonError', code })
    expect(String(error)).toMatch(message)
    return
  }
  expect.unreachable(`no ${code} was thrown`)
}

describe('KERNEL_DELAY_INVALID', () => {
  for (const delayMs of [-1, -Number.MIN_VALUE, Number.NaN, Number.NEGATIVE_INFINITY]) {
    test(`a delay of ${delayMs}`, () => {
      const simulation = createSimulation()
      expectError('KERNEL_DELAY_INVALID', /0 or more, but was/, () =>
        simulation.schedule(delayMs, () => {}, null),
      )
      expectError('KERNEL_DELAY_INVALID', /0 or more, but was/, () =>
        simulation.timeout(delayMs, () => {}),
      )
      expect(simulation.pending).toBe(0)
    })
  }
})

test('a family of timers that never expire would only collect memory', () => {
  expectError('KERNEL_DELAY_INVALID', /a finite number of milliseconds/, () =>
    createSimulation().timeout(Number.POSITIVE_INFINITY, () => {}),
  )
})

describe('KERNEL_ARGUMENT_INVALID', () => {
  const cases: readonly (readonly [string, RegExp, () => unknown])[] = [
    ['run until NaN', /untilMs .* was NaN/, () => createSimulation().run(Number.NaN)],
    ['epochMs', /epochMs .* was NaN/, () => createSimulation({ epochMs: Number.NaN })],
    ['eventsMax', /eventsMax .* was -1/, () => createSimulation({ eventsMax: -1 })],
    ['no place', /pendingEventsMax .* was 0/, () => createSimulation({ pendingEventsMax: 0 })],
    [
      'more places than tickets',
      /from 1 to 16777216, but was 16777217/,
      () => createSimulation({ pendingEventsMax: 2 ** 24 + 1 }),
    ],
    ['constant', /above 0, but was 0/, () => constant(0)],
    ['exponential', /mean must be a number above 0/, () => exponential({ mean: Number.NaN })],
    ['uniform', /0 <= min < max/, () => uniform({ min: 2, max: 2 })],
    ['endless uniform', /0 <= min < max/, () => uniform({ min: 0, max: Infinity })],
    ['lognormal median', /median must be/, () => lognormal({ median: -1, p95: 3 })],
    ['lognormal p95', /p95 > median/, () => lognormal({ median: 10, p95: 10 })],
    ['weibull', /shape must be/, () => weibull({ shape: 0, scale: 1 })],
    ['empty profile', /no points/, () => new RateProfile([])],
    ['negative rate', /rate -1 at 0 ms/, () => new RateProfile([{ atMs: 0, perSecond: -1 }])],
    [
      'endless time',
      /at Infinity ms/,
      () => new RateProfile([{ atMs: Number.POSITIVE_INFINITY, perSecond: 1 }]),
    ],
    [
      'profile that runs back',
      /back in time at 1 ms/,
      () =>
        new RateProfile([
          { atMs: 2, perSecond: 1 },
          { atMs: 1, perSecond: 1 },
        ]),
    ],
  ]
  for (const [name, message, act] of cases) {
    test(name, () => expectError('KERNEL_ARGUMENT_INVALID', message, act))
  }
})

test('an error keeps its cause', () => {
  const cause = new Error('inner')
  expect(new CeladonError('SOME_CODE', 'outer', { cause })).toMatchObject({
    code: 'SOME_CODE',
    message: 'outer',
    cause,
  })
})
