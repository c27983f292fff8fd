import type { DrainConsumer } from './consumer.js'

/** Drains that an app may have. Source: Heroku Dev Center, "Log Drains"; logplex's code has 6. */
export const DRAINS_MAX = 5

/** What a drain is made from. */
export interface DrainOptions {
  /**
   * `syslog://host:port`, `syslog+tls://host:port` or `https://user:password@host/path`; `http://` is
   * taken too.
   */
  readonly url: string
  /** Who receives the messages. */
  readonly consumer: DrainConsumer
}

/** A drain of an app: hands every line from the moment it was added to its consumer. */
export interface Drain {
  /** `d.` and a UUID. */
  readonly token: string
  readonly url: string
  /** Where the messages are, now. */
  readonly statistics: DrainStatistics
  /** Ends the drain. What waits is dropped; what is being sent remains unconfirmed. */
  remove(): void
}

/**
 * Where a drain's messages are: at any moment `taken` is the sum of `delivered`, `dropped`,
 * `unconfirmed`, `sending` and `waiting`. Reports of loss are not counted as messages.
 */
export interface DrainStatistics {
  /** Lines that the log handed to the drain. */
  readonly taken: number
  /** Messages in batches that the consumer took. */
  readonly delivered: number
  /** Messages that were given up: the buffer was full, or the consumer did not take them. */
  readonly dropped: number
  /**
   * Messages whose syslog connection broke, or was too slow, while they were sent. The consumer may
   * have some of them; no report counts them.
   */
  readonly unconfirmed: number
  /** Messages in the batch that is being sent, or will be sent again. */
  readonly sending: number
  /** Messages in the buffer. */
  readonly waiting: number
  /** Of the dropped messages, those that a report of loss (L10) told to the consumer. */
  readonly reported: number
  /** Batches that were sent, repetitions included. */
  readonly batches: number
  /** Batches that were sent again, over HTTPS. */
  readonly repeated: number
  /** Connections that stood. */
  readonly connections: number
  /** Attempts to connect that failed, and batches that were not taken. */
  readonly failures: number
}
