import { Commands } from '../kernel/commands.js'
import { runRounds } from '../kernel/rounds.js'
import { summary, table } from '../kernel/table.js'
import { pumaDoubts, singleThreadedDoubts } from './theory.js'

const CELADON = { name: 'Celadon', kind: 'node', share: 1 }

/**
 * Routers and dynos together. Beside the single-threaded dynos runs W2 of the kernel's benchmarks:
 * routing, queues and timers of 75 dynos by hand, in C and on the bare kernel. It has no routers, no
 * processes, no memory and no records.
 */
const workloads = [
  {
    name: 'mesh-single-threaded',
    title: 'Mesh, 10 routers and 40 single-threaded dynos: 4 hours, 4,030,671 requests',
    unit: 'requests',
    arguments: [4],
    smokeArguments: [0.2],
    doubts: singleThreadedDoubts,
    contestants: [
      { name: 'W2, C, specialised', kind: 'c', source: 'w2.c', options: [], share: 1 },
      { name: 'W2, kernel alone', kind: 'node', source: 'celadon/w2.js', share: 1 },
      { ...CELADON, source: '../mesh/single-threaded.js' },
    ],
  },
  {
    name: 'mesh-puma',
    title: 'Mesh, 10 routers and 20 dynos with puma 2x5: 2 hours, 5,039,141 requests',
    unit: 'requests',
    arguments: [2],
    smokeArguments: [0.1],
    doubts: pumaDoubts,
    contestants: [{ ...CELADON, source: '../mesh/puma.js' }],
  },
]

/** Runs both workloads, prints a table of each, and returns all figures and doubts. */
export function benchMesh({ rounds, smoke }) {
  const commands = new Commands()
  try {
    return workloads.map((workload) => {
      const result = runRounds(workload, commands, { rounds, smoke, peers: true })
      const doubts = doubtsOf(result)
      console.log(smoke ? `${workload.name}: ${doubts.length} doubts` : `\n${table(result)}`)
      for (const doubt of doubts) console.error(`DOUBTFUL ${workload.name}: ${doubt}`)
      return { name: workload.name, contestants: result.contestants.map(figures), doubts }
    })
  } finally {
    commands.close()
  }
}

function figures(contestant) {
  const { name, runs } = contestant
  return { name, arguments: contestant.arguments, nanoseconds: summary(contestant), runs }
}

/** What is wrong with our own statistics: conservation, determinism, theory. */
function doubtsOf({ workload, contestants }) {
  const { runs } = contestants.find(({ name }) => name === 'Celadon')
  const [{ statistics }] = runs
  const doubts = workload.doubts(statistics)
  if (statistics.open !== 0) doubts.push(`${statistics.open} requests have no answer`)
  if (statistics.failed !== 0) doubts.push(`${statistics.failed} requests failed`)
  const texts = new Set(runs.map((run) => JSON.stringify(run.statistics)))
  if (texts.size > 1) doubts.push('the rounds differ')
  return doubts
}
