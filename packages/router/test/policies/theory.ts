// Mean waits that queueing theory knows, in units of the mean service time. Service is exponential.

/** One queue for `servers` servers (Erlang C). */
export function erlangCWait(servers: number, load: number): number {
  const offered = servers * load
  let blocking = 1
  for (let count = 1; count <= servers; count += 1) {
    blocking = (offered * blocking) / (count + offered * blocking)
  }
  const waits = blocking / (1 - load * (1 - blocking))
  return waits / (servers * (1 - load))
}

/** Each server chosen with the same probability: queues M/M/1. */
export function randomWait(load: number): number {
  return load / (1 - load)
}

/**
 * Each server in turn: queues E_n/M/1, for each gets every n-th arrival. The wait of a queue GI/M/1 is
 * s / (1 - s) where s in (0, 1) solves s = A(1 - s), A being the transform of the gap.
 */
export function roundRobinWait(servers: number, load: number): number {
  const rate = servers * load
  let share = 0.5
  for (let round = 0; round < 10_000; round += 1) {
    share = (rate / (rate + 1 - share)) ** servers
  }
  return share / (1 - share)
}

/**
 * The least loaded of `choices` servers drawn at random, for infinitely many servers (Mitzenmacher,
 * 1996; Vvedenskaya, Dobrushin and Karpelevich, 1996).
 */
export function powerOfWait(choices: number, load: number): number {
  let sum = 0
  for (let power = choices; ; power = power * choices) {
    const term = load ** ((power - choices) / (choices - 1))
    if (term < 1e-12) return sum - 1
    sum += term
  }
}

/**
 * A second server when the first one drawn is busy, for infinitely many servers. A server is busy for
 * a share `load` of its time; while idle it gets (1 + load) times the mean rate, while busy load times.
 * Above 0, the number there falls geometrically with the ratio load squared.
 */
export function twoChoicesWait(load: number): number {
  return load ** 2 / (1 - load ** 2)
}

/**
 * Join-Idle-Queue for infinitely many servers and instances, `ratio` servers for each instance. The
 * number k of reports at one instance goes up at a rate b, and down at the rate of the instance's
 * arrivals and by one for each dyno that is taken at random meanwhile: at `ratio * load + k * s`. Here
 * s is the rate of random requests per server, load times the share of instances without a report.
 * Every idle server has one report: the mean of k is `ratio * (1 - load)`, which gives b. A busy
 * server gets only random requests, so the number there falls with the ratio s.
 *
 * Derived from the model of Lu, Xie, Kliot, Geller, Larus and Greenberg (2011), in which reports are
 * not withdrawn.
 */
export function joinIdleQueueWait(ratio: number, load: number): number {
  const random = root(0, load, (s) => s - load * reportsAt(ratio, load, s).none)
  return random / (1 - random)
}

function reportsAt(ratio: number, load: number, random: number): { none: number; mean: number } {
  const rate = root(0, 10 * ratio, (b) => {
    return reports(b, ratio * load, random).mean - ratio * (1 - load)
  })
  return reports(rate, ratio * load, random)
}

function reports(up: number, down: number, each: number): { none: number; mean: number } {
  let total = 1
  let sum = 0
  let weight = 1
  for (let count = 1; count < 2000; count += 1) {
    weight *= up / (down + count * each)
    total += weight
    sum += count * weight
  }
  return { none: 1 / total, mean: sum / total }
}

/** Two servers, each arrival to the shorter line: solves the chain of (shorter, longer) line. */
export function shorterOfTwoWait(load: number): number {
  const linesMax = 60
  const rate = 2 * load
  const size = linesMax + 1
  // share[shorter * size + longer]: a discrete chain with steps at the rate `rate` + 2.
  let share = new Float64Array(size * size)
  share[0] = 1
  const total = rate + 2
  for (let round = 0; round < 20_000; round += 1) {
    const next = new Float64Array(size * size)
    for (let shorter = 0; shorter <= linesMax; shorter += 1) {
      for (let longer = shorter; longer <= linesMax; longer += 1) {
        const here = share[shorter * size + longer] as number
        if (here < 1e-18) continue
        const step = (a: number, b: number, by: number): void => {
          const place = Math.min(a, b) * size + Math.max(a, b)
          next[place] = (next[place] as number) + (here * by) / total
        }
        step(Math.min(shorter + 1, linesMax), longer, rate)
        step(shorter, Math.max(longer - 1, 0), 1)
        step(Math.max(shorter - 1, 0), longer, 1)
      }
    }
    share = next
  }
  let mean = 0
  for (let shorter = 0; shorter <= linesMax; shorter += 1) {
    for (let longer = shorter; longer <= linesMax; longer += 1) {
      mean += (shorter + longer) * (share[shorter * size + longer] as number)
    }
  }
  return mean / rate - 1
}

/** Where an increasing function is 0, by bisection. */
function root(low: number, high: number, f: (x: number) => number): number {
  let [from, to] = [low, high]
  for (let round = 0; round < 60; round += 1) {
    const middle = (from + to) / 2
    if (f(middle) < 0) from = middle
    else to = middle
  }
  return (from + to) / 2
}
