// Runs in the page. Draws every chart that the page's data describes.

/** @typedef {import('../chart-page.js').LineChart} LineChart */

/** @type {{ charts: readonly LineChart[], scales: Readonly<Record<string, Scale>>, colors: number }} */
const page = readData('charts')

keepDrawn(() =>
  page.charts.flatMap((chart, index) => {
    const place = placeOf(String(index + 1))
    return place === null ? [] : [draw(chart, place)]
  }),
)

/**
 * @param {LineChart} chart
 * @param {HTMLElement} place
 */
function draw(chart, place) {
  const xs = chart.series.flatMap(({ points }) => points.map(({ x }) => x))
  const places = [...new Set(xs)].sort((a, b) => a - b)
  const options = lineChartOptions(chart, places, page.scales, page.colors)
  const columns = chart.series.map(({ points }) => columnOf(points, places, chart.y))
  return plotInto({ ...options, ...sizeOf(place) }, [places, ...columns], place)
}

/**
 * A value for each place; where the series has no point it is undefined, and the line goes on.
 *
 * @param {LineChart['series'][number]['points']} points
 * @param {readonly number[]} places
 * @param {LineChart['y']} axis
 */
function columnOf(points, places, axis) {
  const values = new Map(points.map(({ x, y }) => [x, y === null ? null : drawable(y, axis)]))
  return places.map((place) => values.get(place))
}
