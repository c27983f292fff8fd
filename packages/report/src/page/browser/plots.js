// Runs in the page. Keeps all charts drawn as the theme, the paper or the window demands.

/** @type {uPlot[]} */
let plots = []

/** Draws all charts now and whenever they have to look otherwise. @param {() => uPlot[]} draw */
function keepDrawn(draw) {
  const redraw = () => {
    for (const plot of plots) plot.destroy()
    plots = draw()
  }
  /** The style sheet gives paper a width and light colours of its own. @param {boolean} isPaper */
  const drawForPaper = (isPaper) => {
    document.documentElement.classList.toggle('paper', isPaper)
    redraw()
  }
  redraw()
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw)
  addEventListener('beforeprint', () => drawForPaper(true))
  addEventListener('afterprint', () => drawForPaper(false))
  new ResizeObserver(fitAll).observe(document.body)
}

function fitAll() {
  for (const plot of plots) {
    const place = plot.root.parentElement
    if (place !== null && place.clientWidth !== plot.width) plot.setSize(sizeOf(place))
  }
}

/**
 * Draws a chart into its place, and says there what it shows.
 *
 * @param {uPlot.Options} options
 * @param {uPlot.AlignedData} data
 * @param {HTMLElement} place
 */
function plotInto(options, data, place) {
  const plot = new uPlot(options, data, place)
  plot.ctx.canvas.setAttribute('role', 'img')
  plot.ctx.canvas.setAttribute('aria-label', place.dataset['summary'] ?? '')
  plot.root.querySelector('.u-legend')?.setAttribute('aria-hidden', 'true')
  return plot
}

/** @param {string} id of a chart */
function placeOf(id) {
  const place = document.querySelector(`[data-chart="${id}"]`)
  return place instanceof HTMLElement ? place : null
}

/** @param {HTMLElement} place */
function sizeOf(place) {
  return { width: place.clientWidth, height: Number.parseInt(property('plot-height'), 10) }
}

/** @param {string} id */
function readData(id) {
  return JSON.parse(document.getElementById(id)?.textContent ?? 'null')
}
