import { kernelError } from '../errors.js'
import type { RandomStream } from '../random/random-stream.js'
import type { ArrivalProcess } from './arrival-process.js'
import { stationaryShares } from './stationary-shares.js'

/** A state of the traffic, such as calm or busy. */
export interface TrafficState {
  /** Arrivals a second while it lasts; 0 is a pause. */
  readonly perSecond: number
  /** How long it lasts on average, in milliseconds; each time is drawn from an exponential. */
  readonly meanSojournMs: number
}

/** What a {@link MarkovModulatedPoisson} is made of. */
export interface MarkovModulatedPoissonOptions {
  /** Two or more. */
  readonly states: readonly TrafficState[]
  /**
   * `jumps[i][j]` is the probability that state `i` is followed by state `j`. Needed for three
   * states or more; two take turns.
   */
  readonly jumps?: readonly (readonly number[])[]
}

/**
 * Bursty arrivals: a Poisson process whose rate depends on a state that changes by itself, as a
 * Markov chain does (MMPP; Fischer and Meier-Hellstern, The Markov-modulated Poisson process
 * cookbook, 1993). It starts in the steady state: its first state is drawn too.
 */
export class MarkovModulatedPoisson implements ArrivalProcess {
  /** Arrivals a second in the long run. */
  readonly meanPerSecond: number
  private readonly perSecond: Float64Array
  private readonly sojournsMs: Float64Array
  /** For each state the probabilities of the states that may follow. */
  private readonly jumps: readonly Float64Array[]
  /** Share of the time that each state takes in the long run. */
  private readonly shares: Float64Array
  private state = -1
  private leavesAtMs: number = Number.NEGATIVE_INFINITY

  /**
   * @throws `KERNEL_ARGUMENT_INVALID` when there are less than two states, a rate is negative or
   *   none is above 0, a sojourn is not a finite number above 0, the jumps are not one row of
   *   probabilities for each state, or a state cannot be reached from another one
   */
  constructor({ states, jumps = TURNS }: MarkovModulatedPoissonOptions) {
    requireStates(states)
    requireJumps(jumps, states.length)
    this.perSecond = Float64Array.from(states, ({ perSecond }) => perSecond)
    this.sojournsMs = Float64Array.from(states, ({ meanSojournMs }) => meanSojournMs)
    this.jumps = jumps.map((row) => Float64Array.from(row))
    const rates = this.jumps.map((row, state) =>
      row.map((probability) => probability / (this.sojournsMs[state] as number)),
    )
    this.shares = stationaryShares(rates)
    const unreachable = this.shares.findIndex((share) => !(share > 0))
    if (unreachable >= 0) throw invalid(`cannot go from every state to state ${unreachable}`)
    this.meanPerSecond = this.shares.reduce(
      (sum, share, state) => sum + share * (this.perSecond[state] as number),
      0,
    )
  }

  /** The time of the first arrival after `nowMs`. */
  next(nowMs: number, stream: RandomStream): number {
    if (this.state < 0) {
      this.leavesAtMs = nowMs
      this.enter(draw(this.shares, stream), stream)
    }
    let atMs = nowMs
    for (;;) {
      while (this.leavesAtMs <= atMs) {
        this.enter(draw(this.jumps[this.state] as Float64Array, stream), stream)
      }
      const rate = this.perSecond[this.state] as number
      const arrivesAtMs = rate > 0 ? atMs + stream.exponential(1000 / rate) : this.leavesAtMs
      if (arrivesAtMs < this.leavesAtMs) return arrivesAtMs
      // An arrival after the state has ended is none: what comes next has no memory of it.
      atMs = this.leavesAtMs
    }
  }

  private enter(state: number, stream: RandomStream): void {
    this.state = state
    this.leavesAtMs += stream.exponential(this.sojournsMs[state] as number)
  }
}

const TURNS: readonly (readonly number[])[] = [
  [0, 1],
  [1, 0],
]

function draw(probabilities: Float64Array, stream: RandomStream): number {
  const place = stream.float()
  const last = probabilities.length - 1
  let sum = 0
  for (let index = 0; index < last; index += 1) {
    sum += probabilities[index] as number
    if (place < sum) return index
  }
  return last
}

function requireStates(states: readonly TrafficState[]): void {
  if (states.length < 2) throw invalid(`needs two states or more, but got ${states.length}`)
  for (const [index, { perSecond, meanSojournMs }] of states.entries()) {
    if (!(perSecond >= 0 && perSecond < Number.POSITIVE_INFINITY)) {
      throw invalid(`has the rate ${perSecond} in state ${index}; a rate is 0 or more`)
    }
    if (!(meanSojournMs > 0 && meanSojournMs < Number.POSITIVE_INFINITY)) {
      throw invalid(
        `has a mean sojourn of ${meanSojournMs} ms in state ${index}; it is a finite number above 0`,
      )
    }
  }
  if (!states.some(({ perSecond }) => perSecond > 0)) throw invalid('has no rate above 0')
}

function requireJumps(jumps: readonly (readonly number[])[], states: number): void {
  if (jumps.length !== states) {
    throw invalid(`needs a row of jumps for each of ${states} states, but got ${jumps.length} rows`)
  }
  for (const [state, row] of jumps.entries()) {
    const sum = row.reduce((total, probability) => total + probability, 0)
    const probabilities = row.every((probability) => probability >= 0)
    if (row.length === states && probabilities && row[state] === 0 && Math.abs(sum - 1) < 1e-9) {
      continue
    }
    throw invalid(
      `needs ${states} probabilities that add up to 1 as the jumps of state ${state}, with 0 for itself, but got ${row.join(', ')}`,
    )
  }
}

function invalid(what: string): Error {
  return kernelError('KERNEL_ARGUMENT_INVALID', `A Markov-modulated Poisson process ${what}.`)
}
