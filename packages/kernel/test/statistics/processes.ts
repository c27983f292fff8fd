// Processes with known means and quantiles, each from its stationary distribution on.
import { RandomStream } from '../../src/index.js'

/** An autoregressive process of first order around `mean`, whose neighbours correlate by `phi`. */
export class Autoregressive {
  private readonly stream: RandomStream
  private deviation: number

  constructor(
    seed: string,
    private readonly mean: number,
    private readonly phi: number,
  ) {
    this.stream = new RandomStream(seed)
    this.deviation = this.stream.normal() / Math.sqrt(1 - phi * phi)
  }

  next(): number {
    const value = this.mean + this.deviation
    this.deviation = this.phi * this.deviation + this.stream.normal()
    return value
  }
}

/** Waits in an M/M/1 with mean service 1, by Lindley's recursion. Their mean is load / (1 - load). */
export class QueueWaits {
  private readonly stream: RandomStream
  private wait: number

  constructor(
    seed: string,
    private readonly load: number,
  ) {
    this.stream = new RandomStream(seed)
    this.wait = this.stream.float() < load ? this.stream.exponential(1 / (1 - load)) : 0
  }

  next(): number {
    const { wait, stream } = this
    this.wait = Math.max(0, wait + stream.exponential(1) - stream.exponential(1 / this.load))
    return wait
  }
}
