import type { HttpsHeaders } from '../frames/https-headers.js'

/**
 * Who receives what a drain sends: the port to which a model of a receiver is put.
 * {@link simulatedConsumer} makes one. A drain has one connection at a time, and on it one batch.
 */
export interface DrainConsumer {
  /** The drain wants a connection. Answer when it stands, or does not; without an answer it times out. */
  connect(call: DrainCall<ConnectAnswer>): void
  /** The drain sends a batch. Answer when it is taken; without an answer it times out. */
  receive(batch: DrainBatch, call: DrainCall<BatchAnswer>): void
  /** The drain has closed the connection, or given it up. */
  closed?(): void
}

/** Something that the drain waits for. */
export interface DrainCall<Answer> {
  /** Tells the answer, once; later ones, and those after the time-out, are not heard. */
  answer(answer: Answer): void
  /** Closes the connection from the consumer's side. An open batch breaks off. */
  hangUp(): void
}

/**
 * What comes of an attempt to connect. `bad certificate`, in a drain over TLS, writes L14 into the
 * app's log.
 */
export type ConnectAnswer = 'open' | 'refused' | 'bad certificate'

/**
 * What comes of a batch: over syslog `taken`, which means that the network took the bytes; over HTTPS
 * the status of the answer. `broken`: the connection broke.
 */
export type BatchAnswer = 'taken' | 'broken' | number

/** Frames that are sent at once. */
export interface DrainBatch {
  /** The frames; {@link parseFrames} reads them. */
  readonly bytes: Uint8Array
  /** Frames in `bytes`, a report of loss included. */
  readonly messages: number
  /** Headers of the POST; null over syslog. */
  readonly headers: HttpsHeaders | null
}
