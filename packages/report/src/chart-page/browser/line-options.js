// Runs in the page. Turns the description of a chart into what uPlot wants.

/** Strokes and gaps in pixels, for one round of colours after another. */
const DASHES = [[], [7, 3], [2, 2], [9, 3, 2, 3]]

/** Series with more points than this have no dots. */
const DOTS_MAX = 40

/** Share of the width that stays free on either side of whiskers. */
const MARGIN = 0.02

/** Stands for 0 and less on a logarithmic axis: far below the chart. */
const BELOW = 1e-9

/**
 * @param {LineChart} chart
 * @param {readonly number[]} places where there are points
 * @param {Readonly<Record<string, Scale>>} scales
 * @param {number} colors
 * @returns {Omit<uPlot.Options, 'width' | 'height'>}
 */
function lineChartOptions(chart, places, scales, colors) {
  const { x, y } = chart
  const marks = (chart.marks ?? []).map((mark) => ({
    at: mark.x,
    type: 'release',
    label: mark.label,
    color: property('muted'),
  }))
  const xScale = scales[x.unit] ?? []
  const dots = { show: places.length <= DOTS_MAX, size: 5 }
  return {
    padding: [markHeight(marks) + 8, 16, 0, 0],
    cursor: { drag: { x: true, y: false } },
    scales: {
      x: {
        time: false,
        ...distribution(x),
        range: (_plot, min, max) => horizontalRange(chart, min, max),
      },
      y: { ...distribution(y), range: () => verticalRange(chart) },
    },
    axes: [
      { ...quantityAxis(x.unit, xScale, x.scale === 'log'), size: 28, space: 64 },
      {
        ...quantityAxis(y.unit, scales[y.unit] ?? [], y.scale === 'log'),
        grid: gridLines(y.scale === 'log'),
        size: 64,
        space: 28,
      },
    ],
    series: [
      {
        label: x.label,
        value: (_plot, value) => (value === null ? '' : quantityText(value, xScale)),
      },
      ...chart.series.map(({ label, points }, index) => ({
        label,
        stroke: property(`series-${(index % colors) + 1}`),
        width: 1.75,
        dash: DASHES[Math.floor(index / colors) % DASHES.length] ?? [],
        points: dots,
        value: legendText(points, places, scales[y.unit] ?? []),
      })),
    ],
    hooks: {
      drawAxes: [(plot) => drawIntervals(plot, chart, colors)],
      draw: [(plot) => drawMarks(plot, marks)],
    },
  }
}

/**
 * What the legend says about a point: its own figure, not the one that is drawn, and its interval.
 *
 * @param {LineChart['series'][number]['points']} points
 * @param {readonly number[]} places
 * @param {Scale} scale
 * @returns {(plot: uPlot, value: number, series: number, index: number | null) => string}
 */
function legendText(points, places, scale) {
  const byPlace = new Map(points.map((point) => [point.x, point]))
  return (_plot, _value, _series, index) => {
    const point = index === null ? undefined : byPlace.get(places[index] ?? Number.NaN)
    if (point === undefined || point.y === null) return ''
    const { y, low, high } = point
    const figure = quantityText(y, scale)
    if (low === undefined || high === undefined) return figure
    return `${figure} (${quantityText(low, scale)} to ${quantityText(high, scale)})`
  }
}

/** @param {LineChart['x']} axis @returns {uPlot.Scale} */
function distribution({ scale }) {
  return scale === 'log' ? { distr: 3 } : {}
}

/**
 * What is in view, with some room for whiskers at both ends.
 *
 * @param {LineChart} chart
 * @param {number} min
 * @param {number} max
 * @returns {[number, number]}
 */
function horizontalRange({ x, intervals }, min, max) {
  const from = x.min ?? min
  if (intervals !== 'whiskers') return [from, max]
  if (x.scale === 'log') return [from / (max / from) ** MARGIN, max * (max / from) ** MARGIN]
  return [from - (max - from) * MARGIN, max + (max - from) * MARGIN]
}

/** Lowest and highest value in view. @param {LineChart} chart @returns {[number, number]} */
function verticalRange({ y, series }) {
  const figures = series.flatMap(({ points }) =>
    points.flatMap((point) =>
      point.y === null ? [] : [point.y, point.low ?? point.y, point.high ?? point.y],
    ),
  )
  const highest = Math.max(0, ...figures)
  if (y.scale === 'log') {
    const lowest = Math.min(...figures.filter((figure) => figure > 0))
    const min = y.min ?? 10 ** Math.floor(Math.log10(Number.isFinite(lowest) ? lowest : 1))
    return [min, Math.max(highest * 1.5, min * 10)]
  }
  const min = y.min ?? Math.min(0, ...figures)
  return [min, highest > min ? highest + (highest - min) * 0.05 : min + 1]
}

/** @param {number} value @param {LineChart['y']} axis */
function drawable(value, { scale }) {
  return scale === 'log' ? Math.max(value, BELOW) : value
}
