/**
 * The dyno of the first routing meshes: one request at a time, the others wait in line. Random
 * routing makes 40 queues M/M/1 of it. Connecting takes no time, as in W2.
 */
export const SINGLE_THREADED = {
  size: 'standard-1x',
  dynos: 40,
  demandMs: 100,
  steps: [{ type: 'cpu', share: 1 }],
  ratePerSecond: 280,
  settings: { handshakeMs: 0 },
}

/**
 * Today's usual dyno: two workers of five threads, each with a lock of its own, so that two requests
 * compute at a time. Each request computes for 0.4 of its demand, then waits for 0.6 of it.
 */
export const PUMA = {
  size: 'standard-2x',
  dynos: 20,
  demandMs: 100,
  steps: [
    { type: 'cpu', share: 0.4 },
    { type: 'wait', share: 0.6 },
  ],
  ratePerSecond: 700,
  settings: {},
}
