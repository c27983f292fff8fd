// A snapshot puts drains and simulated consumers back, so that the run goes on as the first time.

import { expect, test } from 'vitest'
import { type DrainBatch, simulatedConsumer } from '../../src/index.js'
import { drainedLog, textsOf, writeLines } from './drained-log.js'

test.each(['syslog://logs.example.com:514', 'https://logs.example.com/'])('%s', (url) => {
  const batches: DrainBatch[] = []
  const log = drainedLog(url, (scheduler) =>
    simulatedConsumer({
      scheduler,
      messagesPerSecond: 150,
      outages: [
        { fromMs: 2000, toMs: 9000 },
        { fromMs: 30_000, toMs: 60_000, manner: 'silent' },
      ],
      receive: (batch) => batches.push(batch),
    }),
  )
  writeLines(log, 9000, 10)
  log.simulation.run(41_003)
  const snapshot = log.simulation.snapshot(log.logplex)
  const goOn = () => {
    batches.length = 0
    log.simulation.run(200_000)
    return { statistics: log.drain.statistics, texts: textsOf(batches) }
  }
  const first = goOn()
  snapshot.restore()
  expect(goOn()).toEqual(first)
  expect(first.statistics.dropped).toBeGreaterThan(0)
})
