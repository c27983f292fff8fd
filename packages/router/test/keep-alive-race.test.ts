// Requests that come one at a time to a dyno that keeps its connections alive for a shorter time than
// the router does: a share of them is lost, as users of Router 2.0 found out. Between two requests
// pass a handshake and an exponential time, so each one depends on the one before only through
// whether that one opened a connection, used the idle one, or was lost: a Markov chain.
import { HttpRequest } from '@celadon/contracts'
import { BatchMeans, covers, createSimulation } from '@celadon/kernel'
import { expect, test } from 'vitest'
import { createRouter } from '../src/index.js'
import { ScriptedDyno } from './scripted-dyno.js'
import { TestPool } from './test-pool.js'

const HANDSHAKE_MS = 20
const MEAN_MS = 400
const REQUESTS = 200_000

/** Probability that more than so much of the exponential time has passed. */
function later(ms: number): number {
  return Math.exp(-Math.max(0, ms) / MEAN_MS)
}

/** Stationary share of lost requests. */
function lostShare(keepMs: number): number {
  const [reaches, heard] = [keepMs - HANDSHAKE_MS / 2, keepMs + HANDSHAKE_MS / 2]
  // After a new connection the idle time is exponential, after a reused one a handshake longer.
  const opened = { lost: later(reaches) - later(heard), used: 1 - later(reaches) }
  const used = {
    lost: later(reaches - HANDSHAKE_MS) - later(heard - HANDSHAKE_MS),
    used: 1 - later(reaches - HANDSHAKE_MS),
  }
  // After a lost one there is no connection. Requests in each state, for each new connection:
  const usedPerOpened = opened.used / (1 - used.used)
  const lostPerOpened = opened.lost + usedPerOpened * used.lost
  return lostPerOpened / (1 + usedPerOpened + lostPerOpened)
}

test.each([100, 300, 700])(
  'a dyno that keeps connections alive for %i ms loses as many requests as theory says',
  (keepMs) => {
    const simulation = createSimulation({ seed: keepMs })
    const faults: string[] = []
    const dyno = new ScriptedDyno('web.1', 'answer', keepMs, simulation, faults)
    const router = createRouter({
      simulation,
      pool: new TestPool([dyno]),
      settings: { instances: 1, handshakeMs: HANDSHAKE_MS },
    })
    const random = simulation.stream('gaps')
    const shares = new BatchMeans()
    const request = new HttpRequest()
    for (let id = 1; id <= REQUESTS; id += 1) {
      request.begin(id, { method: 'GET', path: '/', responseBytes: 0 }, null)
      router.handle(request)
      simulation.run(simulation.now + HANDSHAKE_MS)
      shares.record(request.code === 'H13' ? 1 : 0)
      simulation.run(simulation.now + random.exponential(MEAN_MS))
    }
    const share = shares.interval(0.999)
    expect(faults).toEqual([])
    expect(share.relativeHalfWidth).toBeLessThan(0.1)
    expect(covers(share, lostShare(keepMs))).toBe(true)
  },
)
