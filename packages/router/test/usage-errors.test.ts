import { createSimulation } from '@celadon/kernel'
import { describe, expect, test } from 'vitest'
import { createRouter, type RouterSettings } from '../src/index.js'
import { chooseBy } from './choose-by.js'
import { testApp } from './test-app.js'
import { TestPool } from './test-pool.js'

function create(settings: object): () => unknown {
  const pool = new TestPool([])
  return () => createRouter({ simulation: createSimulation(), pool, settings })
}

describe('a setting that cannot be', () => {
  const wrong: readonly (readonly [keyof RouterSettings, unknown])[] = [
    ['instances', 0],
    ['instances', 1.5],
    ['instances', Number.POSITIVE_INFINITY],
    ['activePerDyno', 0],
    ['activePerDyno', Number.NaN],
    ['backlogPerDyno', -1],
    ['backlogPerDyno', '50'],
    ['firstByteMs', -1],
    ['firstByteMs', Number.POSITIVE_INFINITY],
    ['firstByteFrom', 'start'],
    ['connectTimeoutMs', Number.NaN],
    ['connectAttemptsMax', 0],
    ['quarantineMs', '5s'],
    ['holdMs', undefined],
    ['viewDelayMs', -1],
    ['viewDelayMs', Number.POSITIVE_INFINITY],
    ['viewDelayMs', {}],
    ['knownShare', 0],
    ['knownShare', 1.01],
    ['connectionsMax', 0],
    ['requestBytesMax', -1],
    ['requestFaults', 'H27'],
    ['handshakeMs', Number.POSITIVE_INFINITY],
    ['keepAliveMs', -1],
    ['idleMs', Number.NaN],
    ['activePerDyno', 1.5],
    ['responseBufferBytes', Number.NaN],
    ['allQuarantined', 'H00'],
  ]

  test.each(wrong)('%s: %s', (name, value) => {
    const expected = { code: 'ROUTER_SETTING_INVALID', message: expect.stringContaining(name) }
    expect(create({ [name]: value })).toThrow(expect.objectContaining(expected))
    expect(create({ [name]: value })).toThrow(`but was ${value}.`)
  })

  test('an unknown name', () => {
    const expected = { code: 'ROUTER_SETTING_INVALID' }
    expect(create({ timeoutMs: 5 })).toThrow(expect.objectContaining(expected))
    expect(create({ toString: 5 })).toThrow(
      'There is no router setting toString; accepted: instances, ',
    )
  })
})

test('settings at their limits are accepted', () => {
  const zero = { firstByteMs: 0, connectTimeoutMs: 0, quarantineMs: 0, holdMs: 0 }
  const endless = { activePerDyno: Number.POSITIVE_INFINITY, backlogPerDyno: 1 }
  expect(create({ ...zero, ...endless, instances: 1, connectAttemptsMax: 1 })).not.toThrow()
})

test.each([2, -1, 0.5, Number.NaN])('a policy that returns %s stops the run', (index) => {
  const { send } = testApp(['keep', 'keep'], { policy: chooseBy(() => index) })
  expect(send).toThrow(
    expect.objectContaining({
      code: 'ROUTER_POLICY_INVALID',
      message: `A policy must return the index of one of its 2 candidates, but returned ${index}.`,
    }),
  )
})
