// Runs in the page. Draws what happened (deploys, crashes, first errors) over a chart.

const MARK_ROWS_MAX = 3
const MARK_ROW_PX = 14
const MARK_LABEL_CHARACTERS = 22

/** What most needs its label gets it first. */
const MARK_TYPES = [
  'alert',
  'error',
  'fault',
  'crash',
  'release',
  'maintenance',
  'scale',
  'restart',
]

/** @typedef {{ at: number, type: string, label: string, color: string }} PageMark */
/** @typedef {PageMark & { text: string, x: number, left: number, right: number }} PlacedMark */

/** Height of the labels above a chart, in CSS pixels. @param {readonly PageMark[]} marks */
function markHeight(marks) {
  return Math.min(marks.length, MARK_ROWS_MAX) * MARK_ROW_PX
}

/**
 * A vertical line for each mark in view. Labels stand above the chart; a mark that finds no room
 * there gets a fainter line without a label.
 *
 * @param {uPlot} plot
 * @param {readonly PageMark[]} marks
 */
function drawMarks(plot, marks) {
  const { ctx, bbox } = plot
  const pixel = uPlot.pxRatio
  const rowHeight = MARK_ROW_PX * pixel
  const bottom = bbox.top + bbox.height
  ctx.save()
  ctx.font = `${Number.parseInt(property('plot-font'), 10) * pixel}px system-ui, sans-serif`
  ctx.textAlign = 'left'
  ctx.textBaseline = 'top'
  ctx.lineWidth = pixel
  ctx.setLineDash([2 * pixel, 3 * pixel])
  const { rows, unlabelled } = placeMarks(plot, marks)
  ctx.globalAlpha = 0.4
  for (const { x, color } of unlabelled) drawVertical(ctx, x, bbox.top, bottom, color)
  ctx.globalAlpha = 1
  for (const [row, placed] of rows.entries()) {
    for (const { x, color } of placed) drawVertical(ctx, x, row * rowHeight, bottom, color)
  }
  for (const [row, placed] of rows.entries()) {
    for (const { text, left, right, color } of placed) {
      // A label hides the line of a neighbour that passes behind it.
      ctx.fillStyle = property('paper')
      ctx.fillRect(left + pixel, row * rowHeight, right - left, rowHeight)
      ctx.fillStyle = color
      ctx.fillText(text, left + 3 * pixel, row * rowHeight + pixel)
    }
  }
  ctx.restore()
}

/**
 * Gives each mark in view a row in which its label overlaps no other, as far as there are rows.
 *
 * @param {uPlot} plot
 * @param {readonly PageMark[]} marks
 */
function placeMarks(plot, marks) {
  const { ctx, bbox, scales } = plot
  const { min = 0, max = 0 } = scales['x'] ?? {}
  /** @type {PlacedMark[][]} */
  const rows = Array.from({ length: Math.min(marks.length, MARK_ROWS_MAX) }, () => [])
  /** @type {PlacedMark[]} */
  const unlabelled = []
  const inView = marks.filter(({ at }) => at >= min && at <= max)
  for (const mark of inView.sort((a, b) => markRank(a) - markRank(b))) {
    const text = shortened(mark.label)
    const width = ctx.measureText(text).width + 8 * uPlot.pxRatio
    const x = Math.round(plot.valToPos(mark.at, 'x', true))
    const left = Math.max(0, Math.min(x, bbox.left + bbox.width - width))
    const placed = { ...mark, text, x, left, right: left + width }
    const row = rows.find((others) => others.every((other) => isApart(other, placed)))
    const list = row ?? unlabelled
    list.push(placed)
  }
  return { rows, unlabelled }
}

/** @param {PageMark} mark */
function markRank({ type }) {
  return MARK_TYPES.indexOf(type)
}

/**
 * @param {PlacedMark} a
 * @param {PlacedMark} b
 */
function isApart(a, b) {
  return a.right <= b.left || b.right <= a.left
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {number} x
 * @param {number} top
 * @param {number} bottom
 * @param {string} color
 */
function drawVertical(ctx, x, top, bottom, color) {
  ctx.strokeStyle = color
  ctx.beginPath()
  ctx.moveTo(x, top)
  ctx.lineTo(x, bottom)
  ctx.stroke()
}

/** @param {string} label */
function shortened(label) {
  const characters = [...label]
  if (characters.length <= MARK_LABEL_CHARACTERS) return label
  return `${characters.slice(0, MARK_LABEL_CHARACTERS - 1).join('')}…`
}
