import type { RandomSource } from '@celadon/contracts'

const SECOND_MS = 1000
/** Longest wait of a syslog drain. Source: logplex's source. */
const SYSLOG_WAIT_MAX_MS = 300_000
const HTTPS_STEP_MS = 10
const HTTPS_SLOTS_MAX = 10

/**
 * How long a syslog drain waits before it connects again, in milliseconds: 2^failures seconds, at
 * most 300 s. Source: logplex's source.
 *
 * @param failures in a row, 1 or more
 */
export function syslogWaitMs(failures: number): number {
  return Math.min(SYSLOG_WAIT_MAX_MS, 2 ** failures * SECOND_MS)
}

/**
 * How long an HTTPS drain waits before it connects again, in milliseconds: 10 times the whole part of
 * (2^k - 1) / 2, with k drawn from 1 to `tries`, at most 10. Source: logplex's source.
 *
 * @param tries to connect since the last connection, 0 or more
 */
export function httpsWaitMs(tries: number, stream: RandomSource): number {
  if (tries === 0) return 0
  const slot = 1 + stream.below(Math.min(HTTPS_SLOTS_MAX, tries))
  return HTTPS_STEP_MS * Math.trunc((2 ** slot - 1) / 2)
}
