import { runProgram } from './rounds.js'

/**
 * Compares the statistics of all exact contestants, in all rounds, to as many digits as the workload
 * says: at full size with those on record, at another one with those of the first contestant.
 * Returns a sentence for each difference.
 */
export function disagreements({ workload, contestants }) {
  const references = new Map([[workload.size, workload.expected]])
  const found = []
  for (const { name, size, exact, runs } of contestants) {
    if (!exact) continue
    if (!references.has(size)) references.set(size, reference(workload, contestants[0], size))
    const expected = references.get(size)
    for (const { statistics } of runs) {
      const printed = print(workload, statistics)
      for (const [key, value] of Object.entries(expected)) {
        if (printed[key] === value) continue
        found.push(`${workload.name}, ${name}: ${key} is ${printed[key]}, but should be ${value}`)
      }
    }
  }
  return [...new Set(found)]
}

function reference(workload, { command, runs, size: fullSize }, size) {
  const run = size === fullSize ? runs[0] : runProgram(command, workload, size)
  return print(workload, run.statistics)
}

/** Statistics as text, with the digits of the workload. */
function print({ digits }, statistics) {
  return Object.fromEntries(
    Object.entries(digits).map(([key, count]) => [key, Number(statistics[key]).toFixed(count)]),
  )
}
