import { CeladonError, createSimulation } from '@celadon/kernel'
import { expect, test } from 'vitest'
import {
  createDynoManifold,
  DYNO_SIZES,
  type DynoManifoldErrorCode,
  mongrel,
  type PumaVersion,
  passenger,
  puma,
  serverProgram,
  thin,
  unicorn,
} from '../src/index.js'
import { createPort } from './ports.js'
import { createTestApp, puppet, waitingRequest } from './test-app.js'

function expectError(run: () => void, code: DynoManifoldErrorCode, message: string): void {
  let error: unknown = null
  try {
    run()
  } catch (thrown) {
    error = thrown
  }
  expect(error).toBeInstanceOf(CeladonError)
  expect(error).toMatchObject({ code })
  expect(String(error)).toContain(message)
}

test.each([-1, 1.5, Number.NaN])('a quantity of %f is refused', (quantity) => {
  const { manifold } = createTestApp()
  expectError(() => manifold.scale('web', quantity), 'MANIFOLD_OPTION_INVALID', `was ${quantity}`)
})

test('more dynos than the size allows are refused, with the limit and the way around it', () => {
  const limited = createTestApp({ size: DYNO_SIZES['performance-m'] }).manifold
  limited.scale('web', 10)
  expectError(() => limited.scale('web', 11), 'MANIFOLD_QUANTITY_LIMIT', 'Heroku allows 10')
  const size = { ...DYNO_SIZES['performance-m'], quantityMax: 11 }
  createTestApp({ size }).manifold.scale('web', 11)
})

test('a process type that is not defined is named together with those that are', () => {
  const { manifold } = createTestApp()
  const message = 'no process type worker. Defined: web.'
  expectError(() => manifold.scale('worker', 1), 'MANIFOLD_PROCESS_TYPE_UNKNOWN', message)
  expectError(() => manifold.pool('worker'), 'MANIFOLD_PROCESS_TYPE_UNKNOWN', message)
  expectError(() => manifold.restart('worker'), 'MANIFOLD_PROCESS_TYPE_UNKNOWN', message)
})

test('a process type is defined once', () => {
  const { manifold } = createTestApp()
  const { size, command, program } = manifold.processTypes[0] ?? expect.unreachable()
  const again = (): unknown => manifold.define('web', { size, command, program })
  expectError(again, 'MANIFOLD_PROCESS_TYPE_DEFINED', 'web is defined already')
})

test.each([
  ['workers of unicorn 0', () => unicorn({ workers: 0 })],
  ['threads of puma 2x1.5', () => puma({ threads: 1.5 })],
  ['backlog of thin', () => thin({ backlog: -1 })],
  ['bootMs of thin', () => thin({ bootMs: Number.NaN })],
  ['clients of mongrel', () => mongrel({ clients: 0 })],
  ['queue of passenger', () => passenger({ queue: -1 })],
  ['sliceMs of falcon', () => serverProgram({ name: 'falcon', globalLock: { sliceMs: 0 } })],
  ['version of puma', () => puma({ version: '2' as PumaVersion })],
])('%s is checked', (what, create) => {
  expectError(create, 'MANIFOLD_OPTION_INVALID', what)
})

test.each([
  ['metricsMs', 0],
  ['graceMs', -1],
  ['cycleMs', Number.NaN],
  ['swapSpeed', 0],
  ['swapSpeed', 1.1],
  ['sharedHosts', 0],
  ['hostMtbfMs', -1],
  ['poolHours', 0],
])('a setting %s of %f is refused', (name, ms) => {
  const simulation = createSimulation()
  const create = (): unknown => createDynoManifold({ simulation, settings: { [name]: ms } })
  expectError(create, 'MANIFOLD_OPTION_INVALID', `settings.${name}`)
})

test('a step that calls an add-on which is not attached stops the run', () => {
  const app = createTestApp({ addOns: () => ({ REDIS: { configVars: {} } }) })
  app.manifold.scale('web', 1, 'running')
  const request = waitingRequest(1, 100)
  request.work.steps = [{ type: 'call', share: 1, addOn: 'DATABASE', operations: 1 }]
  const send = (): unknown => app.manifold.pool('web').backends[0]?.connect(request, createPort())
  expectError(send, 'MANIFOLD_ADD_ON_UNKNOWN', 'DATABASE, which is not attached. Attached: REDIS.')
})

test('a process without an idle thread takes no work, a dead one neither', () => {
  const run = (kill: boolean) => () => {
    const { program } = puppet({
      start(host) {
        const memory = { startMb: 1, fullMb: 1, growthWorks: 0, leakMb: 0 }
        const process = host.spawn({ threads: 1, globalLock: null, memory })
        const { work } = waitingRequest(1, 100)
        if (kill) process.kill()
        expect(process.idle).toBe(kill ? 0 : 1)
        process.run(work, () => {}, null, null)
        process.run(work, () => {}, null, null)
        return { terminate() {}, kill() {} }
      },
    })
    createTestApp({ program }).manifold.scale('web', 1, 'running')
  }
  expectError(run(false), 'MANIFOLD_PROCESS_BUSY', 'all 1 of its threads are at work')
  expectError(run(true), 'MANIFOLD_PROCESS_BUSY', 'it is dead')
})
