import { spawnSync } from 'node:child_process'

const PEER_ROUNDS = 2

/**
 * Runs the contestants of a workload in turn, round after round, each time in a process of its own,
 * so that all of them see the same changes of the machine. The other libraries are slow and run two
 * rounds at most.
 */
export function runRounds(workload, commands, { rounds, smoke, peers }) {
  const contestants = []
  const skipped = []
  for (const contestant of workload.contestants) {
    const { name, library, share } = contestant
    if (library !== undefined && !peers) continue
    const { command, missing } = commands.command(contestant)
    if (missing === undefined) {
      const programArguments = smoke ? workload.smokeArguments : shared(workload.arguments, share)
      contestants.push({ ...contestant, command, arguments: programArguments, runs: [] })
    } else {
      skipped.push({ name, missing })
    }
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const contestant of contestants) {
      if (contestant.library === undefined || round < PEER_ROUNDS) {
        contestant.runs.push(runProgram(contestant.command, contestant.arguments))
      }
    }
  }
  return { workload, contestants, skipped }
}

/** The arguments for a share of the size, which is the last of them. */
function shared(programArguments, share) {
  return [...programArguments.slice(0, -1), programArguments.at(-1) * share]
}

/** Runs a program once; what it prints is an object with operations, seconds, statistics. */
export function runProgram([file, ...options], programArguments) {
  const words = [...options, ...programArguments].map(String)
  const run = spawnSync(file, words, { encoding: 'utf8' })
  if (run.status === 0) return JSON.parse(run.stdout)
  const reason = run.error?.message ?? (run.stderr || run.signal)
  throw new Error(`${[file, ...words].join(' ')} failed: ${reason}`)
}
