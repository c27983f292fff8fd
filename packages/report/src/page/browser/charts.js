// Runs in the page. Draws every chart that the page's data describes.

/** @typedef {import('@celadon/platform').RunResult} RunResult */
/** @typedef {import('../chart.js').LineSource} LineSource */

/** @type {RunResult} */
const result = readData('result')
/** @type {{ charts: readonly Chart[], scales: Readonly<Record<string, Scale>> }} */
const { charts, scales } = readData('charts')

const startSeconds = Date.parse(result.app.startedAt) / 1000
const intervalSeconds = result.series.intervalMs / 1000
const times = Array.from(
  { length: result.series.length },
  (_, index) => startSeconds + index * intervalSeconds,
)

const MARK_COLORS = {
  release: 'accent',
  scale: 'muted',
  restart: 'muted',
  maintenance: 'muted',
  crash: 'danger',
  fault: 'danger',
  error: 'danger',
  alert: 'danger',
}

keepDrawn(() =>
  charts.flatMap((chart) => {
    const place = placeOf(chart.id)
    return place === null ? [] : [draw(chart, place)]
  }),
)

/**
 * @param {Chart} chart
 * @param {HTMLElement} place
 */
function draw(chart, place) {
  const marks = result.marks.map(({ atMs, type, label }) => ({
    at: startSeconds + atMs / 1000,
    type,
    label,
    color: property(MARK_COLORS[type]),
  }))
  const columns = chart.lines.map(({ source }) => valuesOf(source))
  const options = chartOptions(chart, scales[chart.unit] ?? [], marks, sizeOf(place))
  return plotInto(options, [times, ...columns], place)
}

/**
 * @param {LineSource} source
 * @returns {(number | null)[]}
 */
function valuesOf(source) {
  if ('level' in source) return times.map(() => source.level)
  if ('column' in source) return [...result.series[source.column]]
  return [...(result.series[source.group][source.key] ?? [])]
}
