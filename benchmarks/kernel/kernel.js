import { cpus } from 'node:os'
import { disagreements } from './agreement.js'
import { Commands } from './commands.js'
import { runRounds } from './rounds.js'
import { summary, table } from './table.js'
import { workloads } from './workloads.js'

/** Measures the workloads, prints a table of each, and returns all figures and differences. */
export function benchKernel(options) {
  const commands = new Commands()
  try {
    const results = chosen(options).map((workload) => {
      const result = runRounds(workload, commands, options)
      const differences = disagreements(result)
      report(result, differences, options)
      return { ...result, differences }
    })
    return figures(commands.tools, results)
  } finally {
    commands.close()
  }
}

/** `--only w3` chooses every workload whose name begins with w3. */
function chosen({ only, smoke }) {
  if (only === undefined) return workloads.filter(({ onRequest }) => smoke || !onRequest)
  const found = workloads.filter(({ name }) => only.some((start) => name.startsWith(start)))
  if (found.length > 0) return found
  const names = workloads.map(({ name }) => name).join(', ')
  throw new Error(`No workload begins with ${only.join(' or ')}. There are ${names}.`)
}

function report(result, differences, { smoke }) {
  const { workload, contestants, skipped } = result
  if (smoke) {
    const agreeing = `${contestants.map(({ name }) => name).join(', ')} ran`
    const missing = skipped.map(({ name }) => `; ${name} is not here`).join('')
    console.log(`${workload.name}: ${agreeing}${missing}`)
  } else {
    console.log(`\n${table(result)}`)
  }
  for (const difference of differences) console.error(`DIFFERENT ${difference}`)
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
        size: contestant.size,
        nanoseconds: summary(contestant),
        runs: contestant.runs,
      })),
      skipped,
    })),
  }
}
