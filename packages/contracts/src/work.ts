/**
 * One step of a unit of work. `share` is the part of the work's `demandMs` that the step takes when
 * nothing else is in the way; the shares of all steps add up to 1.
 */
export type Step =
  /** Computes on the dyno's CPU. */
  | { readonly type: 'cpu'; readonly share: number }
  /** Waits for something outside of the model; holds its thread but no CPU. */
  | { readonly type: 'wait'; readonly share: number }
  /** Asks an add-on, named by its attachment, for `operations` queries, gets or commands. */
  | {
      readonly type: 'call'
      readonly share: number
      readonly addOn: string
      readonly operations: number
    }
  /**
   * Writes bytes of the response before the work is done, as streaming does; takes time only when
   * its reader is slow. What then is left of the response goes with its end. Jobs write to nobody.
   */
  | { readonly type: 'send'; readonly bytes: number }

const NO_STEPS: readonly Step[] = []

/** Where the bytes of `send` steps go: the response of a request. */
export interface WorkOutput {
  /**
   * Writes bytes. Returns the time in milliseconds for which the writer is blocked because nobody
   * takes them, mostly 0; a negative number when the reader has gone and the work ends here.
   */
  send(bytes: number): number
}

/**
 * What a request or a job demands of a dyno. The demand is drawn when the request or job comes into
 * being, not when it is served: two policies are then compared on equal work.
 */
export class Work {
  /** Time in milliseconds that the steps take in all with nobody else in the way. */
  demandMs = 0
  steps: readonly Step[] = NO_STEPS
  /** Why it failed, in the words that the app would log; null while it runs and when it succeeded. */
  error: string | null = null
  /** Set while a web server serves it; null: `send` steps write to nobody. */
  output: WorkOutput | null = null
}
