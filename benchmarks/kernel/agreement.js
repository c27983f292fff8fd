import { runProgram } from './rounds.js'

/**
 * Compares the statistics of all exact contestants, in all rounds, to as many digits as the
 * workload says: with those on record or, for a size without any, with those of the first
 * contestant that is here. Returns a sentence for each difference.
 */
export function disagreements({ workload, contestants }) {
  const references = new Map(Object.entries(workload.expected))
  const found = new Set()
  for (const contestant of contestants.filter(({ exact }) => exact)) {
    const key = contestant.arguments.join(' ')
    if (!references.has(key)) {
      const { statistics } = runProgram(contestants[0].command, contestant.arguments)
      references.set(key, printed(workload, statistics))
    }
    const expected = references.get(key)
    for (const run of contestant.runs) {
      const statistics = printed(workload, run.statistics)
      for (const name of Object.keys(expected)) {
        if (statistics[name] === expected[name]) continue
        found.add(
          `${workload.name}, ${contestant.name}: ${name} is ${statistics[name]}, not ${expected[name]}`,
        )
      }
    }
  }
  return [...found]
}

/** Statistics as text, with the digits of the workload. */
function printed({ digits }, statistics) {
  return Object.fromEntries(
    Object.entries(digits).map(([name, count]) => [name, Number(statistics[name]).toFixed(count)]),
  )
}
