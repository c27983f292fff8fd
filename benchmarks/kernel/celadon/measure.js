/**
 * Runs a workload at a tenth of its size to warm up, then measures it: CPU seconds of the whole
 * process, the engine's own threads included. Prints the line that the runner reads.
 */
export function measure(workload) {
  const size = Number(process.argv[2])
  workload(size / 10)
  const start = process.cpuUsage()
  const { operations, statistics } = workload(size)
  const { user, system } = process.cpuUsage(start)
  const peakMegabytes = process.resourceUsage().maxRSS / 1024
  const seconds = (user + system) / 1e6
  console.log(JSON.stringify({ operations, seconds, peakMegabytes, statistics }))
}
