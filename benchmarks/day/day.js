import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const COMMAND = fileURLToPath(new URL('../../apps/cli/dist/main.js', import.meta.url))

/**
 * Measures `celadon simulate` on the shop in `app` for a day, once with all statistics and once
 * with the log written to a file as well, in alternating rounds. Prints the medians and returns
 * them.
 */
export function benchDay({ requests, rounds }) {
  const folder = mkdtempSync(join(tmpdir(), 'celadon-bench-'))
  try {
    cpSync(new URL('app', import.meta.url), folder, { recursive: true })
    writeFileSync(join(folder, 'celadon.yml'), description(requests / 86_400))
    const variants = [
      { name: 'statistics', options: [], runs: [] },
      { name: 'statistics and log file', options: ['--logs', join(folder, 'day.log')], runs: [] },
    ]
    for (let round = 0; round < rounds; round += 1) {
      for (const { options, runs } of variants) runs.push(measure(folder, options))
    }
    const medians = variants.map(({ name, runs }) => ({ name, ...medianOf(runs) }))
    report(medians)
    return medians
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function report(medians) {
  console.log(`\nA day with ${medians[0].requests.toLocaleString('en')} requests`)
  for (const { name, wall, cpu, perRequest, memory } of medians) {
    console.log(
      `${name.padEnd(24)} wall ${wall.toFixed(1)} s   CPU ${cpu.toFixed(1)} s   ` +
        `${perRequest.toFixed(2)} µs CPU a request   ${memory.toFixed(0)} MB`,
    )
  }
}

/** The median of every figure. */
function medianOf(runs) {
  const names = Object.keys(runs[0])
  return Object.fromEntries(names.map((name) => [name, median(runs.map((run) => run[name]))]))
}

/** The traffic of the benchmark: the shape of a day around a mean rate. */
function description(mean) {
  const rate = [0.25, 0.2, 0.8, 1.3, 1.8, 1.4, 1.25, 0.9, 0.45].map(
    (share, index) =>
      `    - { at: "${String(index * 3).padStart(2, '0')}:00", per_second: ${share * mean} }`,
  )
  return `workload:
  rate:
${rate.join('\n')}
endpoints:
  - path: /products
    weight: 70
    service: { median: 60ms, p95: 200ms }
    cpu: 0.6
    calls: { memcachier: 6, heroku-postgresql: 4 }
  - path: /search
    weight: 25
    service: { median: 90ms, p95: 300ms }
    cpu: 0.6
    calls: { heroku-postgresql: 6 }
  - path: /orders
    method: POST
    weight: 5
    service: { median: 120ms, p95: 400ms }
    cpu: 0.6
    calls: { heroku-postgresql: 9, heroku-redis: 1 }
    enqueues: { Receipt: 0.5, Index: 0.02 }
jobs:
  - { name: Receipt, library: delayed_job, queue: mail, service: { median: 500ms, p95: 1.5s }, cpu: 0.3 }
  - { name: Index, library: resque, queue: index, service: { median: 2s, p95: 8s }, cpu: 0.9 }
`
}

/** Runs the command once and reads its use of CPU and memory from the process itself. */
function measure(folder, options) {
  const report =
    'process.on("exit", () => { const use = process.resourceUsage(); ' +
    'process.stderr.write("\\nUSE " + JSON.stringify(use)) })'
  const started = performance.now()
  const run = spawnSync(
    process.execPath,
    [
      '--import',
      `data:text/javascript,${encodeURIComponent(report)}`,
      COMMAND,
      'simulate',
      folder,
      '--json',
      join(folder, 'day.json'),
      ...options,
    ],
    { encoding: 'utf8' },
  )
  const wall = (performance.now() - started) / 1000
  if (run.status !== 0) throw new Error(`celadon simulate failed:\n${run.stderr}`)
  const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(run.stderr.split('\nUSE ').at(-1))
  const { requests } = readResult(folder)
  const cpu = (userCPUTime + systemCPUTime) / 1e6
  return { requests, wall, cpu, perRequest: (cpu * 1e6) / requests, memory: maxRSS / 1024 }
}

function readResult(folder) {
  const result = JSON.parse(readFileSync(join(folder, 'day.json'), 'utf8'))
  return { requests: result.requests.arrived }
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
}
