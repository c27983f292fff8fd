import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { benchDay } from './day/day.js'
import { benchKernel, chooseWorkloads } from './kernel/kernel.js'
import { benchLog } from './log/log.js'
import { benchRead } from './log/read.js'
import { benchMesh } from './mesh/mesh.js'

const USAGE = `pnpm bench [kernel] [mesh] [log] [day] [options]

kernel                  workloads of the kernel, beside C and other libraries
  --only NAME           only workloads whose name begins so: w1, w2, w3, recursion, long; repeatable
  --no-peers            without the other libraries
  --smoke               tiny sizes, one round, no figures: do all statistics agree?
mesh                    routers and dynos together
  --smoke               tiny sizes, one round, no figures: does theory agree?
log                     the mesh with its log; how fast a log is read
  --smoke               tiny sizes, one round, no figures: same run, all lines understood?
day                     a day of the whole platform by \`celadon simulate\`
  --requests N          default 5000000
--rounds N              default 5 for kernel, mesh and log, 3 for the day
--json FILE             writes the figures to a file as well`

const PARTS = ['kernel', 'mesh', 'log', 'day']

const { values, positionals } = readArguments()
const parts = positionals.length > 0 ? positionals : PARTS
const figures = {}

if (parts.includes('kernel')) {
  const { only, smoke } = values
  const workloads = chooseWorkloads(only)
  if (workloads.length === 0) refuse(`No workload's name begins with ${only.join(' or ')}.`)
  const rounds = smoke ? 1 : count('rounds', 5)
  figures.kernel = benchKernel(workloads, { smoke, rounds, peers: !values['no-peers'] })
  if (figures.kernel.differences.length > 0) process.exitCode = 1
}
if (parts.includes('mesh')) {
  const { smoke } = values
  figures.mesh = benchMesh({ smoke, rounds: smoke ? 1 : count('rounds', 5) })
  if (figures.mesh.some(({ doubts }) => doubts.length > 0)) process.exitCode = 1
}
if (parts.includes('log')) {
  const { smoke } = values
  const rounds = smoke ? 1 : count('rounds', 5)
  figures.log = benchLog({ smoke, rounds })
  figures.read = benchRead({ smoke, rounds })
  if (figures.log.doubts.length + figures.read.doubts.length > 0) process.exitCode = 1
}
if (parts.includes('day')) {
  figures.day = benchDay({ requests: count('requests', 5_000_000), rounds: count('rounds', 3) })
}
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(figures, null, 2)}\n`)

function readArguments() {
  try {
    const parsed = parseArgs({
      allowPositionals: true,
      options: {
        only: { type: 'string', multiple: true },
        'no-peers': { type: 'boolean', default: false },
        smoke: { type: 'boolean', default: false },
        requests: { type: 'string' },
        rounds: { type: 'string' },
        json: { type: 'string' },
      },
    })
    const unknown = parsed.positionals.find((part) => !PARTS.includes(part))
    if (unknown === undefined) return parsed
    return refuse(`There is no benchmark ${unknown}.`)
  } catch (error) {
    return refuse(error.message)
  }
}

/** The value of an option that is a whole number, 1 or more. */
function count(name, byDefault) {
  const text = values[name]
  if (text === undefined) return byDefault
  if (/^[1-9]\d*$/.test(text)) return Number(text)
  return refuse(`--${name} needs a whole number, 1 or more, but got ${text}.`)
}

function refuse(reason) {
  console.error(`${reason}\n\n${USAGE}`)
  process.exit(2)
}
