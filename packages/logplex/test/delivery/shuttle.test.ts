// log-shuttle's batches, attempts and reports, at their real times.

import { createSimulation, type Simulation } from '@celadon/kernel'
import { describe, expect, test } from 'vitest'
import {
  createLogplex,
  type DeliveryOptions,
  type Logplex,
  type LogplexOptions,
  promptReader,
} from '../../src/index.js'
import { finishedRequest } from '../finished-request.js'

function newLogplex(simulation: Simulation, delivery: DeliveryOptions = {}): Logplex {
  const generation = 'router-2.0'
  return createLogplex({ simulation, generation, host: 'www.example.com', delivery })
}

function print(logplex: Logplex, lines: number, process = 'web.1'): void {
  for (let line = 1; line <= lines; line += 1) logplex.write('app', process, `line ${line}`)
}

/** Times at which the log had grown, in milliseconds, and the lines that it had then. */
function arrivals(simulation: Simulation, logplex: Logplex): [number, number][] {
  const seen: [number, number][] = []
  let lines = 0
  while (simulation.step()) {
    if (logplex.lines === lines) continue
    lines = logplex.lines
    seen.push([simulation.now, lines])
  }
  return seen
}

describe('batches', () => {
  test('are posted 250 ms after their first line', () => {
    const simulation = createSimulation()
    const logplex = newLogplex(simulation)
    print(logplex, 3)
    simulation.schedule(100, () => print(logplex, 4), null)
    simulation.schedule(300, () => print(logplex, 5), null)
    expect(arrivals(simulation, logplex)).toEqual([
      [255, 7],
      [555, 12],
    ])
  })

  test('or at once when they have 500 lines', () => {
    const simulation = createSimulation()
    const logplex = newLogplex(simulation, { roundTripMs: 40 })
    print(logplex, 1200)
    expect(arrivals(simulation, logplex)).toEqual(
      [
        [20, 500],
        [20, 1000],
        [270, 1200],
      ].filter(([, lines]) => lines !== undefined),
    )
  })

  test('keep the time at which a line was printed, so other sources overtake', () => {
    const simulation = createSimulation()
    const logplex = newLogplex(simulation)
    logplex.write('app', 'web.1', 'printed')
    logplex.writeRequest('app', 'web.1', finishedRequest())
    simulation.schedule(
      100,
      () => {
        logplex.write('heroku', 'web.1', 'State changed from up to down')
        logplex.write('app', 'heroku-postgres', 'sample')
        logplex.write('app', 'api', 'Release v2')
      },
      null,
    )
    simulation.run()
    expect(logplex.recent().map((line) => line.slice(17, 60))).toEqual([
      '00.100000+00:00 heroku[web.1]: State change',
      '00.100000+00:00 app[heroku-postgres]: sampl',
      '00.000000+00:00 app[api]: Release v2',
      '00.000000+00:00 app[web.1]: printed',
      '00.000000+00:00 app[web.1]: method=GET path',
    ])
  })

  test('are those of one process each', () => {
    const simulation = createSimulation()
    const logplex = newLogplex(simulation)
    print(logplex, 400, 'web.1')
    print(logplex, 400, 'run.4821')
    expect(arrivals(simulation, logplex)).toEqual([
      [255, 400],
      [255, 800],
    ])
  })

  test('come in the order in which they were printed while logplex is well', () => {
    const simulation = createSimulation()
    const logplex = newLogplex(simulation, { roundTripMs: 700 })
    let received: number[] = []
    const firehose = logplex.firehose((chunk) => {
      const numbers = new TextDecoder().decode(chunk).match(/(?<=line )\d+/g) ?? []
      received = [...received, ...numbers.map(Number)]
    })
    print(logplex, 20_000)
    simulation.run()
    firehose.close()
    expect(received).toEqual(Array.from({ length: 20_000 }, (_, index) => index + 1))
  })
})

describe('while logplex is not well', () => {
  const L13 = /Error L13: 7 messages lost since (\S+)\.$/

  test('three attempts of 5 s, with pauses of 1 and 2 s', () => {
    const simulation = createSimulation()
    const logplex = newLogplex(simulation, { outages: [{ fromMs: 0, toMs: 18_254 }] })
    print(logplex, 7)
    simulation.run(18_249)
    expect(logplex.delivery).toMatchObject({ lost: 0, waiting: 7 })
    simulation.run(18_250)
    expect(logplex.delivery).toMatchObject({ lost: 7, waiting: 0, reported: 0 })
    simulation.schedule(750, () => print(logplex, 1), null)
    simulation.run()
    const [report = '', ...others] = logplex.recent()
    expect(L13.exec(report)?.[1]).toBe('1970-01-01T00:00:18.250000+00:00')
    expect(others).toHaveLength(1)
    expect(logplex.delivery).toMatchObject({ delivered: 1, reported: 7 })
  })

  test.each([
    [5250, 6255],
    [6255, 6255],
    [6256, 13_255],
    [13_255, 13_255],
  ])('an outage of %d ms: the lines come at %d ms', (toMs, atMs) => {
    const simulation = createSimulation()
    const logplex = newLogplex(simulation, { outages: [{ fromMs: 0, toMs }] })
    print(logplex, 7)
    expect(arrivals(simulation, logplex)).toEqual([[atMs, 7]])
  })

  test('pauses of 100 and 200 ms when connections are closed', () => {
    const simulation = createSimulation()
    const outages = [{ fromMs: 0, toMs: 500, answer: 'closed' as const }]
    const logplex = newLogplex(simulation, { outages })
    print(logplex, 7)
    // Posts arrive at 255, 365 and 575 ms.
    expect(arrivals(simulation, logplex)).toEqual([[575, 7]])
  })

  test('an answer with an error: the lines are gone without a word', () => {
    const simulation = createSimulation()
    const outages = [{ fromMs: 0, toMs: 300, answer: 'error' as const }]
    const logplex = newLogplex(simulation, { outages })
    print(logplex, 7)
    simulation.schedule(300, () => print(logplex, 1), null)
    simulation.run()
    expect(logplex.delivery).toMatchObject({ refused: 7, delivered: 1, reported: 0 })
    expect(logplex.lines).toBe(1)
  })

  test('no second attempt when 30 batches wait; the next posts tell, L12 before L13', () => {
    const simulation = createSimulation()
    const logplex = newLogplex(simulation, { outages: [{ fromMs: 0, toMs: 5001 }] })
    const reports: string[] = []
    logplex
      .tail({ process: 'log-shuttle' })
      .connect(promptReader(({ text }) => reports.push(text.slice(17))))
    print(logplex, 60 * 500)
    simulation.run()
    // Four are posted and 50 wait, so 6 are dropped at once. After 5 s all four fail, one by one.
    const origin = '05.005000+00:00 app[log-shuttle]:'
    const since = (second: string): string => `since 1970-01-01T00:00:${second}.000000+00:00.`
    expect(reports).toEqual([
      `${origin} Error L12: 3000 messages dropped ${since('00')}`,
      ...new Array<string>(4).fill(`${origin} Error L13: 500 messages lost ${since('05')}`),
    ])
    expect(logplex.delivery).toMatchObject({
      delivered: 50 * 500,
      dropped: 6 * 500,
      lost: 4 * 500,
      reported: 10 * 500,
    })
  })

  test.each([
    [33, 0],
    [34, 500],
  ])('of %d batches %d lines are given up after the first attempt', (batches, lost) => {
    const simulation = createSimulation()
    const logplex = newLogplex(simulation, { outages: [{ fromMs: 0, toMs: 5001 }] })
    print(logplex, batches * 500)
    simulation.run()
    expect(logplex.delivery).toMatchObject({ delivered: batches * 500 - lost, lost })
  })

  test('each batch has its three attempts', () => {
    const simulation = createSimulation()
    const outages = [
      { fromMs: 0, toMs: 18_250 },
      { fromMs: 20_000, toMs: 33_000 },
    ]
    const logplex = newLogplex(simulation, { outages })
    print(logplex, 7)
    simulation.schedule(20_000, () => print(logplex, 5), null)
    // One line of log-shuttle, and the five.
    expect(arrivals(simulation, logplex).at(-1)).toEqual([33_255, 6])
  })

  test('L12 counts from the first batch that was dropped', () => {
    const simulation = createSimulation()
    const logplex = newLogplex(simulation, { outages: [{ fromMs: 0, toMs: 5001 }] })
    print(logplex, 55 * 500)
    simulation.schedule(3000, () => print(logplex, 500), null)
    const reports: string[] = []
    logplex
      .tail({ process: 'log-shuttle' })
      .connect(promptReader(({ text }) => reports.push(text.slice(33))))
    simulation.run()
    expect(reports[0]).toBe(
      'app[log-shuttle]: Error L12: 1000 messages dropped since 1970-01-01T00:00:00.000000+00:00.',
    )
  })

  test('a report that is lost with its batch does not come again', () => {
    const simulation = createSimulation()
    const outages = [{ fromMs: 0, toMs: 40_000 }]
    const logplex = newLogplex(simulation, { outages })
    print(logplex, 7)
    simulation.schedule(18_300, () => print(logplex, 5), null)
    simulation.schedule(50_000, () => print(logplex, 1), null)
    simulation.run()
    expect(logplex.recent().map((line) => line.slice(33))).toEqual([
      expect.stringMatching(/^app\[log-shuttle\]: Error L13: 5 messages lost since /),
      'app[web.1]: line 1',
    ])
    expect(logplex.delivery).toMatchObject({ lost: 12, reported: 5 })
  })
})

describe('logplex itself', () => {
  test('works through its queue in order, and loses what finds 2000 waiting', () => {
    const simulation = createSimulation()
    const logplex = newLogplex(simulation, { linesPerSecond: 100 })
    print(logplex, 2500)
    simulation.run(1005)
    // Four batches came at 5 ms and filled it; one line of the fifth found room at 15 ms.
    expect(logplex.delivery).toMatchObject({ overflowed: 499, delivered: 100, waiting: 1901 })
    simulation.run()
    expect(simulation.now).toBe(5 + 2001 * 10)
    expect(logplex.delivery).toMatchObject({ delivered: 2001, waiting: 0 })
  })
})

test('lines under way are part of a snapshot', () => {
  const simulation = createSimulation()
  const logplex = newLogplex(simulation, {
    outages: [{ fromMs: 1000, toMs: 9000 }],
    linesPerSecond: 300,
  })
  simulation.source(
    () => 5,
    () => print(logplex, 40),
    null,
  )
  simulation.run(8000)
  const snapshot = simulation.snapshot(logplex)
  const outcomes = [0, 1].map(() => {
    simulation.run(40_000)
    const outcome = { delivery: logplex.delivery, lines: logplex.recent({ lines: 1500 }) }
    snapshot.restore()
    return outcome
  })
  expect(outcomes[1]).toEqual(outcomes[0])
  expect(outcomes[0]?.delivery?.lost).toBeGreaterThan(0)
})

describe('usage errors', () => {
  test.each<readonly [Partial<LogplexOptions>, string]>([
    [
      { generation: 'cedar-2012', delivery: {} },
      'delivery models log-shuttle, which came in 2013, so generation must be common-runtime-2019 or router-2.0, but was cedar-2012',
    ],
    [
      { simulation: { now: 0, epochMs: 0 }, delivery: {} },
      'delivery needs a simulation that schedules events, such as that of createSimulation(), but the log was made with a clock alone',
    ],
    [
      { delivery: { roundTripMs: 5000 } },
      'roundTripMs must be a number from 0 to less than 5000, but was 5000',
    ],
    [{ delivery: { linesPerSecond: 0 } }, 'linesPerSecond must be a number above 0, but was 0'],
    [
      { delivery: { outages: [{ fromMs: 5, toMs: 4 }] } },
      'outages must be in the order of time and apart from each other, but one is from 5 to 4 ms',
    ],
    [
      { delivery: { outages: [{ fromMs: 0, toMs: 1, answer: 'slow' as 'none' }] } },
      'answer of an outage must be none, closed or error, but was slow',
    ],
  ])('%j', (options, message) => {
    const simulation = createSimulation()
    const good = { simulation, generation: 'router-2.0' as const, host: 'www.example.com' }
    expect(() => createLogplex({ ...good, ...options })).toThrow(message)
  })

  test('without the option nothing is under way', () => {
    const simulation = createSimulation()
    const logplex = createLogplex({ simulation, generation: 'router-2.0', host: 'www.example.com' })
    print(logplex, 1)
    expect(logplex.lines).toBe(1)
    expect(logplex.delivery).toBeNull()
  })
})
