import type { Drain, Logplex } from '@celadon/logplex'
import { logLosses } from './metrics/log-losses.js'
import type { DrainSummary, LogSummary } from './result.js'

/** User and password in a drain's URL are nobody's business. */
const CREDENTIALS = /\/\/[^/]*@/

/** What became of the app's log. */
export function logSummary(logplex: Logplex): LogSummary {
  return {
    lines: logplex.lines,
    refused: logplex.refused,
    lostByCode: Object.fromEntries(logLosses(logplex)),
    drains: logplex.drains.map(drainSummary),
  }
}

function drainSummary({ url, token, statistics }: Drain): DrainSummary {
  const { taken, delivered, dropped, unconfirmed, sending, waiting } = statistics
  return {
    url: url.replace(CREDENTIALS, '//'),
    token,
    taken,
    delivered,
    dropped,
    unconfirmed,
    waiting: sending + waiting,
    connections: statistics.connections,
    failures: statistics.failures,
  }
}
