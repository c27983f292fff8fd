// Runs in the page. Draws every chart that the page's data describes, and again when the theme, the
// paper or the window changes.

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
  crash: 'danger',
  error: 'danger',
}

/** @type {uPlot[]} */
let plots = []

drawAll()
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll)
addEventListener('beforeprint', () => drawForPaper(true))
addEventListener('afterprint', () => drawForPaper(false))
new ResizeObserver(fitAll).observe(document.body)

function drawAll() {
  for (const plot of plots) plot.destroy()
  plots = charts.flatMap((chart) => {
    const place = document.querySelector(`[data-chart="${chart.id}"]`)
    return place instanceof HTMLElement ? [draw(chart, place)] : []
  })
}

/** The style sheet gives paper a width and light colours of its own. @param {boolean} isPaper */
function drawForPaper(isPaper) {
  document.documentElement.classList.toggle('paper', isPaper)
  drawAll()
}

function fitAll() {
  for (const plot of plots) {
    const place = plot.root.parentElement
    if (place !== null && place.clientWidth !== plot.width) plot.setSize(sizeOf(place))
  }
}

/**
 * @param {Chart} chart
 * @param {HTMLElement} place
 */
function draw(chart, place) {
  const marks = result.marks.map(({ atMs, type, label }) => ({
    seconds: startSeconds + atMs / 1000,
    type,
    label,
    color: property(MARK_COLORS[type]),
  }))
  const columns = chart.lines.map(({ source }) => valuesOf(source))
  const options = chartOptions(chart, scales[chart.unit] ?? [], marks, sizeOf(place))
  const plot = new uPlot(options, [times, ...columns], place)
  plot.ctx.canvas.setAttribute('role', 'img')
  plot.ctx.canvas.setAttribute('aria-label', place.dataset['summary'] ?? '')
  plot.root.querySelector('.u-legend')?.setAttribute('aria-hidden', 'true')
  return plot
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

/** @param {HTMLElement} place */
function sizeOf(place) {
  return { width: place.clientWidth, height: Number.parseInt(property('plot-height'), 10) }
}

/** @param {string} id */
function readData(id) {
  return JSON.parse(document.getElementById(id)?.textContent ?? 'null')
}
