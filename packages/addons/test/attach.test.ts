import {
  ADD_ON_CONTRACT_VERSION,
  type AddOn,
  type AddOnCall,
  type AddOnContext,
  type AddOnModel,
} from '@celadon/contracts'
import { CeladonError } from '@celadon/kernel'
import { expect, test } from 'vitest'
import { createStation, findAddOn, postgres, resolvePlan, scheduler } from '../src/index.js'
import { bench, TestCall } from './bench.js'

function model(attach: (context: AddOnContext) => AddOn): AddOnModel {
  return {
    contractVersion: ADD_ON_CONTRACT_VERSION,
    service: 'echo',
    plans: { free: { usdPerMonth: 0 }, big: { usdPerMonth: 10 } },
    attach,
  }
}

function codeOf(action: () => unknown): string {
  try {
    action()
  } catch (error) {
    if (error instanceof CeladonError) return error.code
  }
  return 'none'
}

test('a model gets what it is attached with', () => {
  const contexts: AddOnContext[] = []
  const attach = (context: AddOnContext): AddOn => {
    contexts.push(context)
    return { configVars: { ECHO_URL: 'x' }, gauges: { answer: () => 42 } }
  }
  const { simulation, attached, lines, commands } = bench(model(attach), {
    attachment: 'ECHO',
    plan: 'big',
  })
  const [context] = contexts
  expect(context).toMatchObject({ attachment: 'ECHO', planName: 'big', scheduler: simulation })
  expect(context?.plan.usdPerMonth).toBe(10)
  expect(attached).toMatchObject({ planName: 'big', configVars: { ECHO_URL: 'x' } })
  const { answer } = attached.gauges
  expect(answer?.()).toBe(42)
  context?.log('echo', 'hello')
  context?.runOneOff('rake hello')
  expect(lines).toEqual(['app[echo]: hello'])
  expect(commands).toEqual(['0 rake hello'])
})

test('the first plan is the default', () => {
  expect(bench(postgres()).attached.planName).toBe('essential-0')
})

test('an unknown plan is refused with the known ones', () => {
  expect(() => resolvePlan(postgres(), 'standard-1')).toThrow(
    "heroku-postgresql has no plan 'standard-1'. Its plans: essential-0, essential-1,",
  )
  expect(codeOf(() => resolvePlan(postgres(), 'toString'))).toBe('ADDONS_PLAN_UNKNOWN')
  expect(codeOf(() => bench(postgres(), { plan: 'hobby-dev' }))).toBe('ADDONS_PLAN_UNKNOWN')
})

test('a model for another version of the contract is refused', () => {
  const old = { ...model(() => ({ configVars: {} })), contractVersion: 0 } as unknown as AddOnModel
  expect(codeOf(() => bench(old))).toBe('ADDONS_CONTRACT_VERSION')
})

test('a config var that Heroku would refuse is refused', () => {
  for (const name of ['ECHO-URL', '1URL', '__URL', 'ECHO URL', '']) {
    const attach = () => ({ configVars: { [name]: 'x' } })
    expect(codeOf(() => bench(model(attach)))).toBe('ADDONS_CONFIG_VAR_INVALID')
  }
})

test('a call to an add-on that serves none is an error', () => {
  const { simulation, attached } = bench(scheduler())
  expect(codeOf(() => attached.call(new TestCall(simulation, 1)))).toBe('ADDONS_NOT_CALLABLE')
})

test('calls are counted from their beginning to their end, with and without an error', () => {
  const attach = (context: AddOnContext): AddOn => ({
    configVars: {},
    call(call) {
      const error = call.demandMs > 100 ? 'too big' : undefined
      context.scheduler.schedule(call.demandMs * 2, () => call.finish(error), null)
    },
  })
  const { simulation, attached } = bench(model(attach))
  const calls = [10, 50, 200].map((demandMs) => new TestCall(simulation, demandMs))
  for (const call of calls) attached.call(call)
  expect(attached).toMatchObject({ calls: 3, callsUnderWay: 3, errors: 0 })
  simulation.run(150)
  expect(attached).toMatchObject({ calls: 3, callsUnderWay: 1, errors: 0 })
  simulation.run()
  expect(attached).toMatchObject({ calls: 3, callsUnderWay: 0, errors: 1 })
  expect(attached.latency).toMatchObject({ count: 3, max: 400, sum: 520 })
  expect(calls.map(({ finishes, error }) => [finishes, error])).toEqual([
    [1, undefined],
    [1, undefined],
    [1, 'too big'],
  ])
})

test('a call that is finished twice is an error', () => {
  const attach = (): AddOn => ({
    configVars: {},
    call(call) {
      call.finish()
      call.finish()
    },
  })
  const { simulation, attached } = bench(model(attach))
  const call = new TestCall(simulation, 1)
  expect(codeOf(() => attached.call(call))).toBe('ADDONS_CALL_FINISHED_TWICE')
  expect(call.finishes).toBe(1)
})

test('no more call records are made than calls are under way at once', () => {
  const records = new Set<AddOnCall>()
  const attach = (context: AddOnContext): AddOn => {
    const station = createStation({ scheduler: context.scheduler, servers: 3 })
    return {
      configVars: {},
      call(call) {
        records.add(call)
        station.serve(call)
      },
    }
  }
  const { simulation, attached } = bench(model(attach))
  for (let round = 0; round < 100; round += 1) {
    for (let count = 0; count < 5; count += 1) attached.call(new TestCall(simulation, 7))
    simulation.run()
  }
  expect(attached.calls).toBe(500)
  expect(records.size).toBe(5)
})

test('built-in add-ons are found by the name of their service', () => {
  expect(findAddOn('heroku-redis')?.service).toBe('heroku-redis')
  expect(findAddOn('toString')).toBeUndefined()
})
