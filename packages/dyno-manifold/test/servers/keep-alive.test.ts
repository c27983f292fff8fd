// Connections that are kept alive, and what puma's versions make of them.
import { HttpRequest } from '@celadon/contracts'
import { expect, test } from 'vitest'
import { gunicorn, node, type PumaVersion, puma, thin, unicorn } from '../../src/index.js'
import { WAIT } from '../offered-load.js'
import { NotingPort, type OneDyno, oneDyno } from './one-dyno.js'

const SERVICE_MS = 200

/** A connection on which a client sends its next request as soon as it has an answer. */
class BusyClient extends NotingPort {
  readonly responses: number[] = []
  private request: HttpRequest | null = null

  constructor(dyno: OneDyno, keepAlive: boolean) {
    super(dyno)
    this.keepAlive = keepAlive
  }

  next(): void {
    const { now } = this.dyno
    const request = new HttpRequest()
    request.begin(1, { method: 'GET', path: '/', responseBytes: 0 }, null)
    request.arrivedAt = now
    request.work.demandMs = SERVICE_MS
    request.work.steps = WAIT
    this.reused = this.keptUntil > now
    this.keptUntil = -1
    this.request = request
    expect(this.dyno.backend.connect(request, this)).toBe('accepted')
  }

  override respond(): number {
    const { simulation } = this.dyno.app
    this.responses.push(simulation.now - (this.request as HttpRequest).arrivedAt)
    simulation.schedule(0.01, again, this)
    return 0
  }
}

function again(client: BusyClient): void {
  client.next()
}

/** Responses of clients in a closed loop, in units of the service time, sorted. */
function closedLoop(version: PumaVersion, clients: number, keepAlive = true): number[] {
  const dyno = oneDyno(puma({ version, workers: 1, threads: 5 }))
  const all = Array.from({ length: clients }, () => new BusyClient(dyno, keepAlive))
  for (const client of all) client.next()
  dyno.run(200_000)
  return all
    .flatMap(({ responses }) => responses)
    .map((ms) => Math.round(ms / SERVICE_MS))
    .sort((one, other) => one - other)
}

test('until puma 6 one request in ten takes ten times as long on kept connections; 7 is fair', () => {
  // Ten clients on five threads: each waits for its turn as long as it is served, when all is fair.
  const six = closedLoop('6', 10)
  const share = six.filter((units) => units >= 10).length / six.length
  // Ten requests of each connection are served without a break, the first of which has waited.
  expect(share).toBeGreaterThan(0.09)
  expect(share).toBeLessThan(0.11)
  expect(six.filter((units) => units === 1).length / six.length).toBeGreaterThan(0.89)
  expect(Math.max(...closedLoop('7', 10))).toBe(2)
  expect(Math.max(...closedLoop('6', 10, false))).toBe(2)
})

test('before there was a limit, kept connections starved all others', () => {
  const responses = closedLoop('3.6', 10)
  expect(responses.every((units) => units === 1)).toBe(true)
  expect(responses.length).toBeLessThanOrEqual(5 * (200_000 / SERVICE_MS))
  expect(Math.max(...closedLoop('3.12', 10))).toBeLessThanOrEqual(12)
})

test('until puma 6 a thread waits for 200 ms on a connection that it has served', () => {
  const startedAt = (['6', '7'] as const).map((version) => {
    const dyno = oneDyno(puma({ version, workers: 1, threads: 1 }))
    const port = new NotingPort(dyno)
    port.keepAlive = true
    dyno.connect(100, WAIT, () => {}, port)
    const { request } = dyno.connect(100, WAIT)
    dyno.run()
    return request.startedAt
  })
  expect(startedAt).toEqual([300, 100])
})

test('a worker of puma 6 with a busy thread pauses before it accepts', () => {
  const waits = (['5', '6'] as const).map((version) => {
    const dyno = oneDyno(puma({ version, workers: 1, threads: 5 }))
    dyno.connect(1000, WAIT)
    dyno.run(500)
    const second = dyno.connect(1000, WAIT)
    dyno.run(998)
    // A request that ends within the pause ends the pause.
    const third = dyno.connect(1000, WAIT)
    dyno.run()
    return [second, third].map(({ request }) => request.startedAt - request.arrivedAt)
  })
  expect(waits).toEqual([
    [0, 0],
    [5, 2],
  ])
})

test.each([
  ['puma 6', puma({ version: '6' }), 20_000],
  ['puma 7', puma(), 65_000],
  ['puma without', puma({ keepAlive: false }), -1],
  ['thin', thin(), 30_000],
  ['gunicorn with threads', gunicorn({ threads: 2 }), 2000],
  ['gunicorn', gunicorn(), -1],
  ['node', node(), 5000],
  ['unicorn', unicorn(), -1],
])('%s keeps an idle connection for its time', (_, program, keptMs) => {
  const dyno = oneDyno(program)
  const { port } = dyno.connect(0, WAIT)
  expect(port.keptUntil).toBe(-1)
  const kept = new NotingPort(dyno)
  kept.keepAlive = true
  dyno.connect(100, WAIT, () => {}, kept)
  dyno.run()
  expect(kept.keptUntil).toBe(keptMs < 0 ? -1 : 100 + keptMs)
})

test('requests on a kept connection go to the worker that has it', () => {
  const dyno = oneDyno(puma({ workers: 2, threads: 1 }))
  const port = new NotingPort(dyno)
  port.keepAlive = true
  dyno.connect(100, WAIT, () => {}, port)
  dyno.run(100)
  dyno.connect(300, WAIT)
  port.reused = true
  const { request } = dyno.connect(100, WAIT, () => {}, port)
  dyno.run()
  // The first worker has accepted both; the second one is idle all the time.
  expect(request.startedAt).toBe(400)
})

test('at SIGTERM what a worker has accepted is served, even if its thread waits for another', () => {
  const dyno = oneDyno(puma({ version: '3.6', workers: 1, threads: 1 }))
  const port = new NotingPort(dyno)
  port.keepAlive = true
  dyno.connect(100, WAIT, () => {}, port)
  dyno.connect(100, WAIT)
  dyno.run(150)
  dyno.app.manifold.scale('web', 0)
  dyno.run()
  expect(dyno.heard).toEqual(['100 #1 200 2048', '400 #2 200 2048'])
})
