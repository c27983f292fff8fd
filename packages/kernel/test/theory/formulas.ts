// Known results, each with its source. Rates are per millisecond, times in milliseconds; a load is
// arrival rate times mean demand, in erlangs. Kleinrock is Queueing Systems, volume I (1975).

/** First moments of a demand or a gap. */
export interface Moments {
  readonly mean: number
  /** Mean of the square. */
  readonly second: number
}

/** Probability that all servers are busy when nobody waits for them (Erlang 1917). */
export function erlangB(servers: number, load: number): number {
  let blocking = 1
  for (let count = 1; count <= servers; count += 1) {
    blocking = (load * blocking) / (count + load * blocking)
  }
  return blocking
}

/** Probability of having to wait in M/M/c (Erlang 1917). */
export function erlangC(servers: number, load: number): number {
  const blocking = erlangB(servers, load)
  return blocking / (1 - (load / servers) * (1 - blocking))
}

/** Probability of 0, 1, ..., `places` customers in M/M/c/K (Kleinrock, 3.5 to 3.8). */
export function birthDeath(servers: number, places: number, load: number): number[] {
  const weights = [1]
  for (let count = 1; count <= places; count += 1) {
    weights.push(((weights[count - 1] as number) * load) / Math.min(count, servers))
  }
  const sum = weights.reduce((total, weight) => total + weight, 0)
  return weights.map((weight) => weight / sum)
}

/** Mean of a number that is k with the k-th probability. */
export function meanNumber(probabilities: readonly number[]): number {
  return probabilities.reduce((sum, probability, number) => sum + number * probability, 0)
}

/** Mean wait in M/G/1 (Pollaczek 1930, Khinchine 1932). */
export function pollaczekKhinchine(arrivalRate: number, demand: Moments): number {
  return (arrivalRate * demand.second) / (2 * (1 - arrivalRate * demand.mean))
}

/** Mean of the squared wait in M/G/1, from the mean of the cubed demand (Takács 1962). */
export function takacs(arrivalRate: number, demand: Moments, third: number): number {
  const wait = pollaczekKhinchine(arrivalRate, demand)
  return 2 * wait ** 2 + (arrivalRate * third) / (3 * (1 - arrivalRate * demand.mean))
}

/** Probability of 0, 1 and 2 customers in M/D/1 (Kleinrock, 5.6, by powers of the transform). */
export function constantDemandNumbers(load: number): readonly [number, number, number] {
  const once = Math.exp(load)
  return [1 - load, (1 - load) * (once - 1), (1 - load) * once * (once - 1 - load)]
}

/**
 * Probability that an arrival at GI/M/1 has to wait: the root below 1 of σ = A(μ - μσ), where A is
 * the Laplace transform of the gap (Kleinrock, 6.4).
 */
export function delayRoot(transform: (s: number) => number, serviceRate: number): number {
  let root = 0
  for (let step = 0; step < 10_000; step += 1) root = transform(serviceRate * (1 - root))
  return root
}

export interface CustomerClass {
  readonly arrivalRate: number
  readonly demand: Moments
}

/** Mean wait of each class, the first served first, in a non-preemptive M/G/1 (Cobham 1954). */
export function cobham(classes: readonly CustomerClass[]): number[] {
  const residual = classes.reduce(
    (sum, { arrivalRate, demand }) => sum + (arrivalRate * demand.second) / 2,
    0,
  )
  let load = 0
  return classes.map(({ arrivalRate, demand }) => {
    const above = load
    load += arrivalRate * demand.mean
    return residual / ((1 - above) * (1 - load))
  })
}

/** Probability that a Poisson number is `count` or less. */
export function poissonUpTo(mean: number, count: number): number {
  let sum = 0
  let logTerm = -mean
  for (let number = 0; number <= count; number += 1) {
    sum += Math.exp(logTerm)
    logTerm += Math.log(mean / (number + 1))
  }
  return sum
}

/**
 * Probability that a line holds `length` customers or more when each arrival joins the shortest of
 * `choices` random ones out of very many (Vvedenskaya, Dobrushin, Karpelevich 1996; Mitzenmacher
 * 1996).
 */
export function meanFieldTail(load: number, choices: number, length: number): number {
  return load ** ((choices ** length - 1) / (choices - 1))
}

/** Mean sojourn of that system, in mean demands. */
export function meanFieldSojourn(load: number, choices: number): number {
  let number = 0
  for (let length = 1; length < 60; length += 1) number += meanFieldTail(load, choices, length)
  return number / load
}

/**
 * Probability that a customer gives up in M/M/1 when nobody waits longer than `patience` for service
 * to begin (Barrer 1957). The virtual wait has the density of M/M/1 below the patience.
 */
export function barrer(arrivalRate: number, serviceRate: number, patience: number): number {
  const drain = serviceRate - arrivalRate
  const load = arrivalRate / serviceRate
  const reaches = Math.exp(-drain * patience)
  const accepted = drain === 0 ? arrivalRate * patience : (arrivalRate * (1 - reaches)) / drain
  return (load * reaches) / (1 + accepted + load * reaches)
}

/** Mean time from a random moment to the next renewal, or back to the last one (Feller II, XI.4). */
export function meanExcess(gap: Moments): number {
  return gap.second / (2 * gap.mean)
}
