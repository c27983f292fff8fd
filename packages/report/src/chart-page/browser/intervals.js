// Runs in the page. Draws how sure the figures of a chart are.

const BAND_OPACITY = 0.2
const WHISKER_OPACITY = 0.8
const WHISKER_CAP_PX = 4

/** @typedef {{ x: number, low: number, high: number }} PixelInterval */

/**
 * Bands or whiskers below the lines, for the series that are shown.
 *
 * @param {uPlot} plot
 * @param {LineChart} chart
 * @param {number} colors
 */
function drawIntervals(plot, chart, colors) {
  const { ctx, bbox } = plot
  ctx.save()
  ctx.beginPath()
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height)
  ctx.clip()
  for (const [index, { points }] of chart.series.entries()) {
    if (plot.series[index + 1]?.show === false) continue
    const color = property(`series-${(index % colors) + 1}`)
    for (const run of runsOfIntervals(plot, points, chart.y)) {
      if (chart.intervals === 'whiskers') drawWhiskers(ctx, run, color)
      else fillBand(ctx, run, color)
    }
  }
  ctx.restore()
}

/**
 * Intervals of points that follow each other without a gap, in pixels.
 *
 * @param {uPlot} plot
 * @param {LineChart['series'][number]['points']} points
 * @param {LineChart['y']} axis
 */
function runsOfIntervals(plot, points, axis) {
  /** @type {PixelInterval[][]} */
  const runs = [[]]
  for (const { x, y, low, high } of points) {
    if (y === null || low === undefined || high === undefined) {
      runs.push([])
      continue
    }
    runs.at(-1)?.push({
      x: plot.valToPos(x, 'x', true),
      low: plot.valToPos(drawable(low, axis), 'y', true),
      high: plot.valToPos(drawable(high, axis), 'y', true),
    })
  }
  return runs
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {readonly PixelInterval[]} run
 * @param {string} color
 */
function fillBand(ctx, run, color) {
  ctx.fillStyle = color
  ctx.globalAlpha = BAND_OPACITY
  ctx.beginPath()
  for (const { x, high } of run) ctx.lineTo(x, high)
  for (const { x, low } of [...run].reverse()) ctx.lineTo(x, low)
  ctx.fill()
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {readonly PixelInterval[]} run
 * @param {string} color
 */
function drawWhiskers(ctx, run, color) {
  const cap = WHISKER_CAP_PX * uPlot.pxRatio
  ctx.strokeStyle = color
  ctx.lineWidth = uPlot.pxRatio
  ctx.globalAlpha = WHISKER_OPACITY
  ctx.beginPath()
  for (const { x, low, high } of run) {
    ctx.moveTo(x, low)
    ctx.lineTo(x, high)
    for (const end of [low, high]) {
      ctx.moveTo(x - cap, end)
      ctx.lineTo(x + cap, end)
    }
  }
  ctx.stroke()
}
