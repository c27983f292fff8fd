// Who waits for a slow client: a thread, or nobody. Intervals come from the run itself.
import { HttpRequest, type Program, type WebSocketUse } from '@celadon/contracts'
import { covers, exponential, Sampler } from '@celadon/kernel'
import { describe, expect, test } from 'vitest'
import {
  gunicorn,
  mongrel,
  node,
  passenger,
  puma,
  singleThreaded,
  thin,
  unicorn,
} from '../../src/index.js'
import { WAIT } from '../offered-load.js'
import { expectMean, longRunMean } from '../statistics.js'
import { NotingPort, oneDyno } from './one-dyno.js'

const SERVICE_MS = 20
const UPLOAD_MS = 40
const REQUESTS = 120_000

/** What became of each request of a Poisson stream, in milliseconds from its arrival. */
interface Uploads {
  readonly responses: number[]
  /** What a first-come, first-served thread makes of it that reads every body itself. */
  readonly held: number[]
}

function upload(program: Program, ratePerMs: number): Uploads {
  const dyno = oneDyno(program)
  const { simulation } = dyno.app
  const gaps = new Sampler(exponential({ mean: 1 / ratePerMs }), simulation.stream('gaps'))
  const uploads = new Sampler(exponential({ mean: UPLOAD_MS }), simulation.stream('uploads'))
  const services = new Sampler(exponential({ mean: SERVICE_MS }), simulation.stream('services'))
  const responses: number[] = []
  const held: number[] = []
  let freeAt = 0
  const port = new NotingPort(dyno)
  port.respond = () => 0
  const arrive = (id: number): void => {
    const { now } = simulation
    const request = new HttpRequest()
    request.begin(id, { method: 'POST', path: '/', responseBytes: 0, requestBytes: 1 }, () => {
      responses[id] = request.finishedAt - now
    })
    request.arrivedAt = now
    request.bodyAt = now + uploads.next()
    request.work.demandMs = services.next()
    request.work.steps = WAIT
    freeAt = Math.max(freeAt, request.bodyAt) + request.work.demandMs
    held[id] = freeAt - now
    dyno.backend.connect(request, port)
    if (id + 1 < REQUESTS) simulation.schedule(gaps.next(), arrive, id + 1)
  }
  simulation.schedule(0, arrive, 0)
  simulation.run()
  return { responses, held }
}

describe('slow uploads', () => {
  const load = 0.6
  const rate = load / SERVICE_MS

  test.each([singleThreaded(), unicorn({ workers: 1 }), gunicorn({ workers: 1 })])(
    'hold $name: each request waits for the bodies of those before it',
    (program) => {
      const { responses, held } = upload(program, rate)
      const differences = responses.map((ms, id) => Math.abs(ms - (held[id] ?? 0)))
      expect(differences.reduce((largest, ms) => Math.max(largest, ms), 0)).toBeLessThan(1e-3)
      const unheld = UPLOAD_MS + SERVICE_MS / (1 - load)
      expect(longRunMean(responses).estimate).toBeGreaterThan(1.3 * unheld)
    },
  )

  test.each([thin(), mongrel(), passenger({ workers: 1 }), puma({ workers: 1, threads: 1 })])(
    'do not hold $name: service alone is in the way, M/M/1 behind a delay',
    (program) => {
      // Uploads of Poisson requests end as a Poisson stream again.
      const response = longRunMean(upload(program, rate).responses)
      expectMean(response, UPLOAD_MS + SERVICE_MS / (1 - load), 0.05)
      expect(covers(response, (UPLOAD_MS + SERVICE_MS) / (1 - load))).toBe(false)
    },
  )

  test('keep two unicorn workers from everybody else', () => {
    const dyno = oneDyno(unicorn({ workers: 2 }))
    const slow = (request: HttpRequest): void => {
      request.bodyAt = 10_000
    }
    dyno.connect(100, WAIT, slow)
    dyno.connect(100, WAIT, slow)
    dyno.connect(100, WAIT)
    dyno.run()
    const ends = ['10100 #1 200 2048', '10100 #2 200 2048', '10200 #3 200 2048']
    expect(dyno.heard).toEqual(ends)
  })

  test('are complete at their moment, also where the clock rounds it down', () => {
    const [now, bodyAt] = [601.6, 1900.3]
    expect(now + (bodyAt - now)).toBeLessThan(bodyAt)
    for (const program of [mongrel(), puma()]) {
      const dyno = oneDyno(program)
      dyno.run(now)
      dyno.connect(100, WAIT, (request) => {
        request.bodyAt = bodyAt
      })
      dyno.run()
      expect(dyno.heard).toEqual(['2000.3 #1 200 2048'])
    }
  })

  test('that the router gives up free the thread that reads them', () => {
    const dyno = oneDyno(unicorn({ workers: 1 }))
    const { request, port } = dyno.connect(100, WAIT, (one) => {
      one.bodyAt = Number.POSITIVE_INFINITY
    })
    dyno.connect(100, WAIT)
    dyno.run(5000)
    dyno.disconnect(request, port)
    dyno.run()
    expect(dyno.heard).toEqual(['5000 #1 closed', '5100 #2 200 2048'])
  })
})

describe('a slow reader', () => {
  const blocked = 3000
  const freedAt = (program: Program): number => {
    const dyno = oneDyno(program)
    const { port } = dyno.connect(100, WAIT)
    port.blockedMs = blocked
    const { request } = dyno.connect(100, WAIT)
    dyno.run()
    return request.startedAt
  }

  test.each([
    singleThreaded(),
    unicorn({ workers: 1 }),
    puma({ workers: 1, threads: 1 }),
    gunicorn({ workers: 1 }),
  ])('holds the thread of $name', (program) => {
    expect(freedAt(program)).toBe(100 + blocked)
  })

  test.each([thin(), mongrel(), passenger({ workers: 1 })])('does not hold $name', (program) => {
    expect(freedAt(program)).toBe(100)
  })

  test('frees the thread when it goes away', () => {
    const dyno = oneDyno(unicorn({ workers: 1 }))
    const { request, port } = dyno.connect(100, WAIT)
    port.blockedMs = blocked
    dyno.connect(100, WAIT)
    dyno.run(500)
    dyno.disconnect(request, port)
    dyno.run()
    expect(dyno.heard).toEqual(['100 #1 200 2048', '600 #2 200 2048'])
  })
})

test('a thread that a slow reader will hold is not given away while it answers', () => {
  const dyno = oneDyno(unicorn({ workers: 1 }))
  const { port } = dyno.connect(100, WAIT)
  const next: HttpRequest[] = []
  port.respond = () => {
    next.push(dyno.connect(100, WAIT).request)
    return 3000
  }
  dyno.run()
  expect(next.map(({ startedAt }) => startedAt)).toEqual([3100])
})

test('an upload that is given up makes room for another connection', () => {
  const dyno = oneDyno(thin({ backlog: 2 }))
  const stalls = (request: HttpRequest): void => {
    request.bodyAt = Number.POSITIVE_INFINITY
  }
  for (let count = 0; count < 10; count += 1) {
    const { request, port } = dyno.connect(100, WAIT, stalls)
    dyno.disconnect(request, port)
  }
  expect(dyno.heard).toEqual(Array.from({ length: 10 }, (_, index) => `0 #${index + 1} closed`))
  // A busy server and a full queue of uploads that wait: the next connection finds no room.
  dyno.connect(1000, WAIT)
  dyno.connect(100, WAIT, stalls)
  dyno.connect(100, WAIT, stalls)
  dyno.connect(100, WAIT)
  expect(dyno.heard.slice(10)).toEqual(['0 #14 timeout'])
})

describe('a stream', () => {
  const steps = [
    { type: 'wait', share: 0.5 },
    { type: 'send', bytes: 1000 },
    { type: 'wait', share: 0.5 },
    { type: 'send', bytes: 500 },
  ] as const

  test('is written bit by bit; its end carries what is left', () => {
    const dyno = oneDyno(puma())
    dyno.connect(100, steps)
    dyno.run()
    expect(dyno.heard).toEqual(['50 #1 sends 200 1000', '100 #1 sends 200 500', '100 #1 200 548'])
  })

  test('is blocked by a slow reader, unless the server buffers it', () => {
    const ends = [puma(), node()].map((program) => {
      const dyno = oneDyno(program)
      dyno.connect(100, steps).port.blockedMs = 30
      dyno.run()
      return dyno.heard.at(-1)
    })
    expect(ends).toEqual(['160 #1 200 548', '100 #1 200 548'])
  })

  test('that fails in the middle breaks off', () => {
    const dyno = oneDyno(puma({ requestTimeout: { serviceMs: 70 } }))
    dyno.connect(100, steps)
    dyno.run()
    expect(dyno.heard).toEqual(['50 #1 sends 200 1000', '70 #1 closed'])
  })

  test('ends at the next write when its reader has gone', () => {
    const dyno = oneDyno(puma())
    const { request, port } = dyno.connect(100, steps)
    dyno.run(20)
    dyno.disconnect(request, port)
    dyno.run()
    expect(request.finishedAt).toBe(50)
  })
})

describe('a WebSocket', () => {
  const webSocket: WebSocketUse = {
    lengthMs: 60_000,
    clientEveryMs: 1000,
    dynoEveryMs: Number.POSITIVE_INFINITY,
  }
  const asks = (request: HttpRequest): void => {
    request.webSocket = webSocket
  }

  test.each([puma({ workers: 1, threads: 1 }), thin(), node()])(
    'takes no thread of $name, and goes down with its dyno',
    (program) => {
      const dyno = oneDyno(program)
      for (let count = 0; count < 50; count += 1) dyno.connect(0, WAIT, asks)
      dyno.connect(100, WAIT)
      dyno.run(100)
      expect(dyno.heard).toHaveLength(51)
      expect(dyno.heard[49]).toBe('0 #50 101')
      dyno.app.manifold.scale('web', 0)
      dyno.run()
      expect(dyno.heard.slice(51)).toHaveLength(50)
      expect(dyno.heard.at(-1)).toMatch(/#\d+ closed/)
    },
  )

  test.each([unicorn(), mongrel(), passenger(), gunicorn(), singleThreaded()])(
    'is not for $name, which answers 400',
    (program) => {
      const dyno = oneDyno(program)
      dyno.connect(100, WAIT, asks)
      dyno.run()
      expect(dyno.heard).toEqual(['100 #1 400 1500'])
    },
  )

  test('is let go when its client leaves', () => {
    const dyno = oneDyno(puma())
    const { request, port } = dyno.connect(100, WAIT, asks)
    let released = 0
    request.retain()
    dyno.run()
    dyno.disconnect(request, port)
    request.begin(99, request.endpoint, () => {
      released += 1
    })
    request.retain()
    request.release()
    expect(released).toBe(1)
    expect(dyno.heard).toEqual(['100 #1 101', '100 #1 closed'])
  })
})
