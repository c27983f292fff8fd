import { describe, expect, test } from 'vitest'
import { renderChartPage } from '../../src/index.js'
import { findChromium, visit } from '../browser.js'
import { examplePage } from './example-page.js'

const chromium = findChromium()
const reason = 'no chromium: set CHROMIUM_PATH or install it as /usr/bin/chromium'

/** Runs in the page after its own scripts; leaves its findings in the document. */
const PROBE = `<script>
setTimeout(() => {
  const found = plots.map((plot) => {
    const { ctx, bbox, root, scales } = plot
    plot.setCursor({ left: plot.valToPos(plot.data[0][0], 'x'), top: 50 })
    return {
      label: ctx.canvas.getAttribute('aria-label'),
      legend: root.querySelector('.u-legend').textContent,
      x: [scales.x.min, scales.x.max],
      y: [scales.y.min, scales.y.max],
      intervals: hasInterval(plot),
      leavesBelow: leavesBelow(plot),
    }
  })
  const place = document.body.appendChild(document.createElement('pre'))
  place.id = 'probe'
  place.textContent = encodeURIComponent(JSON.stringify(found))
}, 100)

// Whether something is drawn near the ends of the first interval, where neither line nor dot is.
function hasInterval(plot) {
  const [{ points: [{ x, low, high }] }] = page.charts[plots.indexOf(plot)].series
  return [low, high].map((end) =>
    hasInk(plot, plot.valToPos(x, 'x', true) + 1, plot.valToPos(end, 'y', true) - 2, 2, 4),
  )
}

// Whether the line from 2.3 ms to 0 crosses the lower edge of the chart.
function leavesBelow(plot) {
  const left = plot.valToPos(50, 'x', true)
  return hasInk(plot, left, plot.bbox.top + plot.bbox.height - 8, 8, 4)
}

function hasInk({ ctx }, left, top, width, height) {
  const { data } = ctx.getImageData(Math.round(left), Math.round(top), width, height)
  return new Uint32Array(data.buffer).some((pixel) => pixel !== 0)
}
</script>`

describe.skipIf(chromium === null)(`in a browser (${chromium ?? reason})`, () => {
  test('charts are drawn with their intervals and say their figures', () => {
    const page = renderChartPage(examplePage())
    const { document, console } = visit(
      chromium ?? '',
      page.replace('</body>', () => `${PROBE}</body>`),
    )
    const [, found = '[]'] = /<pre id="probe">(.*?)<\/pre>/.exec(document) ?? []
    const [wait, goodput] = JSON.parse(decodeURIComponent(found))
    expect(console.filter((line) => !line.includes('willReadFrequently'))).toEqual([])
    expect(wait.label).toContain('Wait, mean wait by dynos')
    expect(wait.legend).toBe(
      'dynos10random420 ms (42 ms to 4.20 s)shared queue30 ms (25 ms to 35 ms)',
    )
    expect(wait.x[0]).toBeCloseTo(10 / 400 ** 0.02, 9)
    expect(wait.x[1]).toBeCloseTo(4000 * 400 ** 0.02, 9)
    expect(wait.y).toEqual([1, 6300])
    expect(wait.intervals).toEqual([true, true])
    expect(wait.leavesBelow).toBe(true)
    expect(goodput.x).toEqual([0, 295_000])
    expect(goodput.y[0]).toBe(0)
    expect(goodput.legend).toContain('without retries40/s (38/s to 42/s)')
    expect(goodput.intervals).toEqual([true, true])
  })
})
