import { spawnSync } from 'node:child_process'

/**
 * Runs the contestants of a workload in turn, round after round, each time in a process of its own,
 * so that all of them see the same changes of the machine. Peers run two rounds at most.
 */
export function runRounds(workload, commands, { rounds, smoke, peers }) {
  const size = smoke ? workload.smokeSize : workload.size
  const contestants = []
  const skipped = []
  for (const contestant of workload.contestants) {
    if (contestant.library !== undefined && !peers) continue
    const { command, missing } = commands.command(contestant)
    if (missing === undefined) {
      const share = smoke ? 1 : contestant.share
      contestants.push({ ...contestant, command, size: size * share, runs: [] })
    } else {
      skipped.push({ name: contestant.name, missing })
    }
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const { command, size, runs, library } of contestants) {
      if (library === undefined || round < 2) runs.push(runProgram(command, workload, size))
    }
  }
  return { workload, contestants, skipped }
}

/** Runs a program once; what it prints is an object with operations, seconds, statistics. */
export function runProgram([file, ...options], { parameters = [] }, size) {
  const run = spawnSync(file, [...options, ...parameters, size].map(String), { encoding: 'utf8' })
  if (run.status === 0) return JSON.parse(run.stdout)
  const program = [file, ...options].join(' ')
  throw new Error(`${program} failed: ${run.error?.message ?? (run.stderr || run.signal)}`)
}
