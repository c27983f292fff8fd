/**
 * Runs a workload at a tenth of its size to warm up, then measures it, and prints the line that the
 * runner reads.
 */
export function measure(workload) {
  const size = Number(process.argv[2])
  workload(size / 10)
  measureOnly(() => workload(size))
}

/**
 * Measures one call, in CPU seconds of the whole process: the engine's own threads count. The peak
 * of memory is that of the process since its start.
 */
export function measureOnly(run) {
  const start = process.cpuUsage()
  const { operations, statistics } = run()
  const { user, system } = process.cpuUsage(start)
  const seconds = (user + system) / 1e6
  const peakMegabytes = process.resourceUsage().maxRSS / 1024
  console.log(JSON.stringify({ operations, seconds, peakMegabytes, statistics }))
}
