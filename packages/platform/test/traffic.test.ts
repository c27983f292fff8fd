import type { HttpRequest } from '@celadon/contracts'
import { constant, createSimulation, RateProfile } from '@celadon/kernel'
import { describe, expect, test } from 'vitest'
import { createTraffic, type EndpointDescription } from '../src/index.js'
import { MINUTE_MS } from './tiny-app.js'

function endpoint(path: string, weight: number): EndpointDescription {
  return {
    method: 'GET',
    path,
    weight,
    service: constant(10),
    steps: [],
    responseBytes: 1,
    enqueues: {},
  }
}

describe('traffic', () => {
  const rate = [
    { atMs: 0, perSecond: 10 },
    { atMs: 30 * MINUTE_MS, perSecond: 40 },
    { atMs: 60 * MINUTE_MS, perSecond: 0 },
  ]

  test('requests arrive at the rate of the profile, and the mix follows the weights', () => {
    const simulation = createSimulation({ seed: 'mix' })
    const counts = new Map<string, number>()
    const traffic = createTraffic({
      simulation,
      rate,
      endpoints: [endpoint('/a', 3), endpoint('/b', 1)],
      target: {
        handle(request) {
          request.retain()
          counts.set(request.endpoint.path, (counts.get(request.endpoint.path) ?? 0) + 1)
          request.release()
        },
      },
    })
    traffic.start()
    simulation.run(60 * MINUTE_MS)
    const expected = new RateProfile(rate).expected(0, 60 * MINUTE_MS)
    // A Poisson count lies within four standard deviations of its mean but once in 16,000 seeds.
    expect(Math.abs(traffic.created - expected)).toBeLessThan(4 * Math.sqrt(expected))
    const share = (counts.get('/b') ?? 0) / traffic.created
    expect(Math.abs(share - 0.25)).toBeLessThan(4 * Math.sqrt((0.25 * 0.75) / traffic.created))
  })

  test('no request is sent while the rate is 0', () => {
    const simulation = createSimulation()
    const traffic = createTraffic({
      simulation,
      rate: [{ atMs: 0, perSecond: 0 }],
      endpoints: [endpoint('/', 1)],
      target: { handle: () => expect.unreachable() },
    })
    traffic.start()
    simulation.run()
    expect(traffic.created).toBe(0)
  })

  test('a request is reused only after everybody has released it', () => {
    const simulation = createSimulation()
    const seen = new Set<HttpRequest>()
    let kept: HttpRequest | null = null
    const traffic = createTraffic({
      simulation,
      rate: [{ atMs: 0, perSecond: 10 }],
      endpoints: [endpoint('/', 1)],
      target: {
        handle(request) {
          expect(request).not.toBe(kept)
          seen.add(request)
          request.retain()
          if (kept === null) kept = request
          else request.release()
        },
      },
    })
    traffic.start()
    simulation.run(MINUTE_MS)
    expect(traffic.created).toBeGreaterThan(300)
    expect(seen.size).toBe(2)
  })
})
