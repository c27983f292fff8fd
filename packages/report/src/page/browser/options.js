// Runs in the page. Turns the description of a chart into what uPlot wants.

/** @typedef {import('../chart.js').Chart} Chart */

/** Smallest duration on a logarithmic axis, in milliseconds. */
const LOG_MIN_MS = 1

/**
 * @param {Chart} chart
 * @param {Scale} scale
 * @param {readonly PageMark[]} marks
 * @param {{ width: number, height: number }} size
 * @returns {uPlot.Options}
 */
function chartOptions(chart, scale, marks, size) {
  const isLog = chart.axis === 'log'
  /** @param {uPlot} _plot @param {number | null} value */
  const legendText = (_plot, value) => (value === null ? '' : quantityText(value, scale))
  const steppedPath = chart.stepped ? uPlot.paths.stepped?.({ align: 1 }) : undefined
  return {
    ...size,
    padding: [markHeight(marks) + 8, 8, 0, 0],
    cursor: { sync: { key: 'celadon', setSeries: false }, drag: { x: true, y: false } },
    scales: { x: { time: false }, y: verticalScale(chart) },
    axes: [
      { ...plainAxis(), size: 28, incrs: TIME_STEPS, space: 64, values: timeTexts },
      {
        ...quantityAxis(chart.unit, scale, isLog),
        grid: gridLines(isLog),
        size: 64,
        space: 28,
      },
    ],
    series: [
      { label: 'UTC', value: (_plot, value) => (value === null ? '' : momentText(value)) },
      ...chart.lines.map((line) => ({
        label: line.label,
        stroke: property(line.color),
        width: 1.5,
        dash: [...line.dash],
        ...(line.filled ? { fill: property(`${line.color}-tint`) } : {}),
        ...(steppedPath === undefined ? {} : { paths: steppedPath }),
        points: { show: true, size: 3, filter: lonePoints },
        value: legendText,
      })),
    ],
    hooks: { draw: [(plot) => drawMarks(plot, marks)] },
  }
}

/** @param {Chart} chart @returns {uPlot.Scale} */
function verticalScale({ axis, unit }) {
  if (axis === 'log') {
    return {
      distr: 3,
      range: (_plot, min, max) => [
        10 ** Math.floor(Math.log10(Math.max(min ?? LOG_MIN_MS, LOG_MIN_MS))),
        Math.max(max ?? 0, 10 * LOG_MIN_MS) * 1.5,
      ],
    }
  }
  const leastMax = unit === 'share' || unit === 'count' ? 1 : 0
  return {
    range: (_plot, _min, max) => [0, Math.max(leastMax, (max ?? 0) * 1.05) || 1],
  }
}

/**
 * Points that no line reaches: those between two gaps.
 *
 * @param {uPlot} plot
 * @param {number} index of the line
 */
function lonePoints(plot, index) {
  const values = plot.data[index] ?? []
  const lone = []
  for (let i = 0; i < values.length; i += 1) {
    if (values[i] != null && values[i - 1] == null && values[i + 1] == null) lone.push(i)
  }
  return lone
}

/**
 * @param {uPlot} _plot
 * @param {number[]} values in seconds since 1970
 * @param {number} _axis
 * @param {number} _space
 * @param {number} step
 */
function timeTexts(_plot, values, _axis, _space, step) {
  return values.map((value) => {
    const [day = '', clock = ''] = dayAndClock(value)
    return value % DAY_S === 0 ? day : step < MINUTE_S ? clock : clock.slice(0, 5)
  })
}

/** @param {number} seconds */
function momentText(seconds) {
  return dayAndClock(seconds).join(' ')
}

/** `['2 Mar', '09:43:00']`, in UTC. @param {number} seconds since 1970 */
function dayAndClock(seconds) {
  const [, date = '', clock = ''] =
    /^(.*?)T(.*?)\./.exec(new Date(seconds * 1000).toISOString()) ?? []
  const [, month = '1', day = ''] = date.split('-')
  const name = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')[Number(month) - 1]
  return [`${Number(day)} ${name}`, clock]
}
