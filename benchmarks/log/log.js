import { Commands } from '../kernel/commands.js'
import { runRounds } from '../kernel/rounds.js'
import { summary, table } from '../kernel/table.js'

/**
 * What the router's log costs: the mesh of single-threaded dynos without a log, with one that is
 * kept for `heroku logs`, and with one of which every line goes to a file.
 */
const workload = {
  name: 'log',
  title: 'Log of the mesh of single-threaded dynos: 2 hours, 2,014,804 requests, 569 MB',
  unit: 'requests',
  arguments: [2],
  smokeArguments: [0.1],
  contestants: [
    { name: 'Celadon', kind: 'node', source: '../mesh/single-threaded.js', share: 1 },
    { name: 'with the log kept', kind: 'node', source: '../log/kept.js', share: 1 },
    { name: 'with a log file', kind: 'node', source: '../log/file.js', share: 1 },
  ],
}

/** Runs the workload, prints a table, and returns all figures and doubts. */
export function benchLog({ rounds, smoke }) {
  const commands = new Commands()
  try {
    const result = runRounds(workload, commands, { rounds, smoke, peers: true })
    const doubts = doubtsOf(result.contestants)
    console.log(smoke ? `log: ${doubts.length} doubts` : `\n${table(result)}`)
    for (const doubt of doubts) console.error(`DOUBTFUL log: ${doubt}`)
    const contestants = result.contestants.map((contestant) => {
      const { name, runs } = contestant
      return { name, nanoseconds: summary(contestant), runs }
    })
    return { contestants, doubts }
  } finally {
    commands.close()
  }
}

/** Writing a log must not change what is logged. */
function doubtsOf(contestants) {
  const runs = contestants.flatMap((contestant) => contestant.runs)
  const texts = new Set(runs.map(({ statistics }) => JSON.stringify(statistics)))
  return texts.size > 1 ? ['the statistics with and without a log differ'] : []
}
