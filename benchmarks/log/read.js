import { Commands } from '../kernel/commands.js'
import { runRounds } from '../kernel/rounds.js'
import { summary } from '../kernel/table.js'

/** How fast somebody's log is read and understood. */
const workload = {
  name: 'read',
  title: 'Reading a log: 4,000,000 lines',
  unit: 'lines',
  arguments: [4],
  smokeArguments: [0.1],
  contestants: [
    {
      name: "Router 2.0's lines",
      kind: 'node',
      source: '../log/read-router.js',
      share: 1,
      understoodShare: 1,
    },
    {
      name: "lines of 2012's router",
      kind: 'node',
      source: '../log/read-cedar.js',
      share: 1,
      understoodShare: 1,
    },
    {
      name: 'half of an app',
      kind: 'node',
      source: '../log/read-mixed.js',
      share: 1,
      understoodShare: 0.5,
    },
  ],
}

/** Runs the workload, prints a table and megabytes per second, and returns figures and doubts. */
export function benchRead({ rounds, smoke }) {
  const commands = new Commands()
  try {
    const result = runRounds(workload, commands, { rounds, smoke, peers: true })
    const doubts = result.contestants.flatMap(doubtsOf)
    console.log(smoke ? `read: ${doubts.length} doubts` : `\n${workload.title}`)
    const contestants = result.contestants.map(({ name, runs }) => {
      const nanoseconds = summary({ runs })
      const megabytesPerSecond = median(runs.map(speedOf))
      if (!smoke) console.log(row(name, nanoseconds, megabytesPerSecond))
      return { name, nanoseconds, megabytesPerSecond, runs }
    })
    for (const doubt of doubts) console.error(`DOUBTFUL read: ${doubt}`)
    return { contestants, doubts }
  } finally {
    commands.close()
  }
}

function row(name, { median: nanoseconds, min, max }, megabytesPerSecond) {
  const range = `${min.toFixed(0)} to ${max.toFixed(0)}`
  return `${name}: ${megabytesPerSecond.toFixed(0)} MB/s, ${nanoseconds.toFixed(0)} ns a line (${range})`
}

/** Megabytes per CPU second. */
function speedOf({ seconds, statistics }) {
  return statistics.bytes / 1e6 / seconds
}

function median(values) {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)]
}

/** Every line of the router is understood, and the rounds agree. */
function doubtsOf({ name, runs, understoodShare }) {
  const [{ statistics }] = runs
  const doubts = []
  const { lines, understood } = statistics
  if (understood < lines * understoodShare)
    doubts.push(`${name}: ${understood} of ${lines} lines are understood`)
  if (new Set(runs.map((run) => JSON.stringify(run.statistics))).size > 1) {
    doubts.push(`${name}: the rounds differ`)
  }
  return doubts
}
