import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { read } from './sources.js'

const APP_JSON = '{ "addons": ["heroku-postgresql", "memcachier"] }'

function stepsOf(work: string): unknown {
  const celadonYml = `endpoints: [{ path: /, service: 100ms, ${work} }]`
  return read({ appJson: APP_JSON, celadonYml }).workload.endpoints[0]?.steps
}

describe('work that celadon.yml describes', () => {
  test('is half of the CPU time, the calls by their operations, the other half', () => {
    expect(stepsOf('cpu: 0.5, calls: { heroku-postgresql: 3, memcachier: 1 }')).toEqual([
      { type: 'cpu', share: 0.25 },
      { type: 'call', share: 0.375, addOn: 'heroku-postgresql', operations: 3 },
      { type: 'call', share: 0.125, addOn: 'memcachier', operations: 1 },
      { type: 'cpu', share: 0.25 },
    ])
  })

  test('waits where it neither computes nor calls', () => {
    expect(stepsOf('cpu: 0.5')).toEqual([
      { type: 'cpu', share: 0.25 },
      { type: 'wait', share: 0.5 },
      { type: 'cpu', share: 0.25 },
    ])
    expect(stepsOf('cpu: 0')).toEqual([{ type: 'wait', share: 1 }])
    expect(stepsOf('cpu: 1')).toEqual([{ type: 'cpu', share: 1 }])
  })

  test('is used up by its steps, whatever the numbers', () => {
    const operations = fc.integer({ min: 1, max: 1000 })
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 0.99, noNaN: true }),
        operations,
        operations,
        (cpu, a, b) => {
          const celadonYml = JSON.stringify({
            endpoints: [
              { path: '/', service: 60, cpu, calls: { 'heroku-postgresql': a, memcachier: b } },
            ],
          })
          const { workload } = read({ appJson: APP_JSON, celadonYml })
          const shares =
            workload.endpoints[0]?.steps.map((step) => ('share' in step ? step.share : 0)) ?? []
          expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12)
        },
      ),
    )
  })

  test.each([
    ['60', 'constant(60)'],
    ['60ms', 'constant(60)'],
    ['1.5s', 'constant(1500)'],
    ['{ constant: 2m }', 'constant(120000)'],
    ['{ mean: 90 }', 'exponential(mean 90)'],
    ['{ median: 60ms, p95: 0.25s }', 'lognormal(median 60, p95 250)'],
  ])('takes the time %s', (service, name) => {
    const celadonYml = `endpoints: [{ path: /, service: ${service}, cpu: 1 }]`
    expect(read({ celadonYml }).workload.endpoints[0]?.service.name).toBe(name)
  })

  test('fills in what an endpoint and a job do not say', () => {
    const app = read({
      procfile: 'web: puma -w 2 -t 5\nworker: rake resque:work\n',
      appJson: '{ "formation": { "worker": { "quantity": 1 } } }',
      celadonYml: 'endpoints: [{ path: /, service: 60 }]\njobs: [{ name: Mail, service: 1s }]',
    })
    expect(app.workload.endpoints[0]).toMatchObject({
      method: 'GET',
      weight: 1,
      responseBytes: 12_000,
      enqueues: {},
    })
    expect(app.jobs[0]).toMatchObject({
      library: 'resque',
      queue: 'default',
      priority: 0,
      failureRate: 0,
    })
    expect(app.assumptions).toContain(
      'Where celadon.yml names no cpu, 60 % of the service time is on the CPU.',
    )
  })

  test.each([
    ['nobody works', 'worker: rake jobs:work', 0, 'mailers', true],
    ['another queue is worked', 'worker: env QUEUES=low rake jobs:work', 1, 'mailers', true],
    ['another library is worked', 'worker: rake resque:work', 1, 'mailers', true],
    ['its queue is worked', 'worker: env QUEUES=low,mailers rake jobs:work', 1, 'mailers', false],
    ['all queues are worked', 'worker: rake jobs:work', 1, 'mailers', false],
  ])('says so when a job goes where nobody works it: %s', (_, worker, quantity, queue, idle) => {
    const { assumptions } = read({
      procfile: `web: puma -w 2 -t 5\n${worker}\n`,
      appJson: JSON.stringify({ formation: { worker: { quantity, size: 'standard-1x' } } }),
      celadonYml: `jobs: [{ name: Mail, library: delayed_job, queue: ${queue}, service: 1s, cpu: 1 }]`,
    })
    const note = 'Mail goes to the queue mailers of delayed_job, where no dyno works at the start.'
    expect(assumptions.includes(note)).toBe(idle)
  })
})
