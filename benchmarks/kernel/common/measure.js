import { existsSync, readFileSync } from 'node:fs'

/**
 * Runs a workload twice at a quarter of its size to warm up, then measures it, and prints the line
 * that the runner reads. Twice, because V8 compiles again when it meets a second model object.
 */
export async function measure(workload) {
  const size = Number(process.argv[2])
  await workload(size / 4)
  await workload(size / 4)
  await measureOnly(() => workload(size))
}

/** Measures one call, in CPU seconds of the whole process: the engine's own threads count. */
export async function measureOnly(run) {
  const start = process.cpuUsage()
  const { operations, statistics } = await run()
  const { user, system } = process.cpuUsage(start)
  const seconds = (user + system) / 1e6
  console.log(JSON.stringify({ operations, seconds, peakMegabytes: peakMegabytes(), statistics }))
}

/**
 * Most memory that the process ever had. On Linux, `resourceUsage` would count what the runner had
 * when it started this process.
 */
function peakMegabytes() {
  const status = '/proc/self/status'
  if (!existsSync(status)) return process.resourceUsage().maxRSS / 1024
  return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(status, 'utf8'))[1]) / 1024
}
