import { ADD_ON_CONTRACT_VERSION, type AddOn, type AddOnModel } from '@celadon/contracts'
import { describe, expect, test } from 'vitest'
import { ADD_ON_MODELS, scheduler as schedulerAddOn } from '../src/index.js'
import { addOnConformance } from '../src/testing.js'

const busyScheduler = schedulerAddOn({ jobs: [{ everyMs: 600_000, command: 'rake sweep' }] })

for (const model of [...ADD_ON_MODELS, busyScheduler]) {
  describe(model.service, () => {
    for (const { name, run } of addOnConformance(model)) test(name, run)
  })
}

/** The smallest model that conforms, changed in one respect. */
function model(change: Partial<AddOnModel>, addOn: Partial<AddOn> = {}): AddOnModel {
  return {
    contractVersion: ADD_ON_CONTRACT_VERSION,
    service: 'echo',
    plans: { free: { usdPerMonth: 0 } },
    attach: () => ({ configVars: {}, call: (call) => call.finish(), ...addOn }),
    ...change,
  }
}

function failures(candidate: AddOnModel): string[] {
  return addOnConformance(candidate).flatMap(({ name, run }) => {
    try {
      run()
      return []
    } catch (error) {
      return [`${name}: ${(error as Error).message}`]
    }
  })
}

/** Counts over all instances, as a model must not. */
function sharesState(): AddOnModel {
  let calls = 0
  return model({
    attach: () => ({
      configVars: {},
      call(call) {
        calls += 1
        call.finish()
      },
      gauges: { calls: () => calls },
    }),
  })
}

describe('the suite finds', () => {
  test('nothing in a model that conforms', () => {
    expect(failures(model({}))).toEqual([])
  })

  test.each([
    ['a service name with blanks', model({ service: 'My Cache' }), 'is no add-on name'],
    ['a model without plans', model({ plans: {} }), 'there is no plan'],
    [
      'a plan without a price',
      model({ plans: { free: { usdPerMonth: Number.NaN } } }),
      'usdPerMonth of free is NaN',
    ],
    [
      'a plan whose name is a number',
      model({ plans: { dev: { usdPerMonth: 0 }, 100: { usdPerMonth: 15 } } }),
      "plan '100' is a number",
    ],
    ['a call that never ends', model({}, { call: () => {} }), '200 of 200 calls never finish'],
    [
      'a call that ends twice',
      model({
        attach: () => ({
          configVars: {},
          call(call) {
            call.finish()
            call.finish()
          },
        }),
      }),
      'finished already',
    ],
    [
      'a config var that Heroku refuses',
      model({}, { configVars: { 'ECHO-URL': 'x' } }),
      "sets the config var 'ECHO-URL'",
    ],
    [
      'an empty config var',
      model({}, { configVars: { ECHO_URL: '' } }),
      'ECHO_URL of free is empty',
    ],
    ['a connection that is never given back', leakingModel(), 'cannot be opened again'],
    ['a refusal without words', model({}, { connect: () => '' }), 'refused without a message'],
    ['a closed door', model({}, { connect: () => 'full' }), 'not a single connection'],
    ['a gauge without a value', model({}, { gauges: { size: () => Number.NaN } }), 'gauge size'],
    ['state that instances share', sharesState(), 'two runs with one seed differ'],
    ['a model that never rests', restlessModel(), 'executed 100000 events'],
    ['a broken log line', chattyModel(), "logged 'app[echo]: two"],
  ] as const)('%s', (_, candidate, message) => {
    expect(failures(candidate).join('\n')).toContain(message)
  })
})

function leakingModel(): AddOnModel {
  return model({
    attach() {
      let open = 0
      return {
        configVars: {},
        connect() {
          open += 1
          return open > 10 ? 'full' : null
        },
        disconnect: () => {},
      }
    },
  })
}

function restlessModel(): AddOnModel {
  return model({
    attach({ scheduler }) {
      const spin = (): void => {
        scheduler.schedule(1, spin, null)
      }
      return { configVars: {}, start: spin }
    },
  })
}

function chattyModel(): AddOnModel {
  return model({
    attach: (context) => ({ configVars: {}, start: () => context.log('echo', 'two\nlines') }),
  })
}
