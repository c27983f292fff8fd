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
      intervals: hasInk(plot),
    }
  })
  const place = document.body.appendChild(document.createElement('pre'))
  place.id = 'probe'
  place.textContent = encodeURIComponent(JSON.stringify(found))
}, 100)

// Whether something is drawn at the ends of the first interval, where neither line nor dot is.
function hasInk(plot) {
  const [{ points: [{ x, low, high }] }] = page.charts[plots.indexOf(plot)].series
  const left = plot.valToPos(x, 'x', true) + 2
  const from = Math.round(plot.valToPos(high, 'y', true)) - 2
  const to = Math.round(plot.valToPos(low, 'y', true)) + 2
  const { data } = plot.ctx.getImageData(left, from, 1, to - from)
  const pixels = [...new Uint32Array(data.buffer)]
  return [pixels.slice(0, 4), pixels.slice(-4)].map((end) => end.some((pixel) => pixel !== 0))
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
    expect(console).toEqual([])
    expect(wait.label).toContain('Wait, mean wait by dynos')
    expect(wait.legend).toBe(
      'dynos10random420 ms (400 ms to 440 ms)shared queue30 ms (25 ms to 35 ms)',
    )
    expect(wait.x[0]).toBeCloseTo(10 / 400 ** 0.02, 9)
    expect(wait.x[1]).toBeCloseTo(4000 * 400 ** 0.02, 9)
    expect(wait.y).toEqual([1, 990])
    expect(wait.intervals).toEqual([true, true])
    expect(goodput.x).toEqual([0, 295_000])
    expect(goodput.y[0]).toBe(0)
    expect(goodput.legend).toContain('without retries40/s (38/s to 42/s)')
    expect(goodput.intervals).toEqual([true, true])
  })
})
