/** The measurements of a contestant: nanoseconds of CPU time per operation, median and spread. */
export function summary({ runs }) {
  const nanoseconds = runs.map(({ seconds, operations }) => (seconds / operations) * 1e9)
  nanoseconds.sort((a, b) => a - b)
  const peaks = runs.map(({ peakMegabytes }) => peakMegabytes).filter((peak) => peak !== undefined)
  return {
    median: median(nanoseconds),
    min: nanoseconds[0],
    max: nanoseconds.at(-1),
    peakMegabytes: peaks.length > 0 ? Math.max(...peaks) : null,
  }
}

/**
 * A workload's result for people, one line for each contestant: its time divided by that of the
 * specialised program in C and by ours.
 */
export function table({ workload, contestants, skipped }) {
  const medians = contestants.map((contestant) => summary(contestant).median)
  const celadon = medians[contestants.findIndex(({ name }) => name === 'Celadon')]
  const c = contestants[0].kind === 'c' ? medians[0] : null
  const rows = contestants.map((contestant) => row(contestant, c, celadon))
  const head = ['', 'M/s', 'ns', 'range', '÷ C', '÷ Celadon', 'peak MB', 'rounds', 'size']
  const lines = aligned([head, ...rows])
  const notes = skipped.map(({ name, missing }) => `Without ${name}. To get it: ${missing}`)
  return [workload.title, ...lines, ...notes].join('\n')
}

function row(contestant, c, celadon) {
  const { median, min, max, peakMegabytes } = summary(contestant)
  const { name, runs, share } = contestant
  return [
    name,
    (1000 / median).toPrecision(3),
    median.toFixed(1),
    `${min.toFixed(1)} to ${max.toFixed(1)}`,
    c === null ? '' : (median / c).toFixed(2),
    (median / celadon).toFixed(2),
    peakMegabytes === null ? '' : peakMegabytes.toFixed(0),
    String(runs.length),
    share === 1 ? 'full' : `1/${Math.round(1 / share)}`,
  ]
}

function aligned(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)))
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]),
      )
      .join('  ')
      .trimEnd(),
  )
}

function median(sorted) {
  const middle = sorted.length / 2
  return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle) - 1]) / 2
}
