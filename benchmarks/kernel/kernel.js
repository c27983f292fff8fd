import { cpus } from 'node:os'
import { disagreements } from './agreement.js'
import { Commands } from './commands.js'
import { runRounds } from './rounds.js'
import { summary, table } from './table.js'
import { workloads } from './workloads.js'

/** The workloads whose names begin with one of `starts`; without any, those that run by default. */
export function chooseWorkloads(starts) {
  if (starts === undefined) return workloads.filter(({ onRequest }) => !onRequest)
  return workloads.filter(({ name }) => starts.some((start) => name.startsWith(start)))
}

/** Runs workloads, prints a table of each, and returns all figures and differences. */
export function benchKernel(chosen, options) {
  const commands = new Commands()
  try {
    const results = chosen.map((workload) => {
      const result = runRounds(workload, commands, options)
      const differences = disagreements(result)
      console.log(options.smoke ? line(result) : `\n${table(result)}`)
      for (const difference of differences) console.error(`DIFFERENT ${difference}`)
      return { ...result, differences }
    })
    return figures(commands.tools, results)
  } finally {
    commands.close()
  }
}

function line({ workload, contestants, skipped }) {
  const ran = contestants.map(({ kind, source }) => (kind === 'c' ? `c/${source}` : source))
  const without = skipped.map(({ name }) => `; without ${name}`)
  return `${workload.name}: ${ran.join(' ')}${without.join('')}`
}

function figures(tools, results) {
  return {
    machine: { cpu: cpus()[0]?.model, cores: cpus().length, ...tools },
    differences: results.flatMap(({ differences }) => differences),
    workloads: results.map(({ workload, contestants, skipped }) => ({
      name: workload.name,
      unit: workload.unit,
      contestants: contestants.map((contestant) => ({
        name: contestant.name,
        arguments: contestant.arguments,
        nanoseconds: summary(contestant),
        runs: contestant.runs,
      })),
      skipped,
    })),
  }
}
