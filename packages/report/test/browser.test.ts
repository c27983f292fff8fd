import { describe, expect, test } from 'vitest'
import { renderReport } from '../src/index.js'
import { findChromium, visit } from './browser.js'
import { exampleDay } from './example-day.js'
import { HOSTILE_NAME, hostileRun } from './hostile-run.js'
import { quietRun } from './quiet-run.js'

const chromium = findChromium()
const reason = 'no chromium: set CHROMIUM_PATH or install it as /usr/bin/chromium'

/** What the probe finds out about each chart. */
interface ChartProbe {
  readonly id: string
  readonly width: number
  readonly paperWidth: number
  readonly colors: number
  readonly label: string
  readonly legend: string
  readonly zoomedHours: number
}

/** Runs in the page after its own scripts; leaves its findings in the document. */
const PROBE = `<script>
const pause = () => new Promise((resolve) => setTimeout(resolve, 100))

async function probe() {
  const over = document.querySelector('.u-over')
  const charts = [...document.querySelectorAll('.plot')]
  if (over !== null) {
    point(over, 'mouseenter', 0.5)
    point(over, 'mousemove', 0.5)
    await pause()
  }
  const found = charts.map(look)
  if (over !== null) {
    point(over, 'mousedown', 0.5)
    point(over, 'mousemove', 0.75)
    await pause()
    point(over, 'mouseup', 0.75)
    await pause()
  }
  for (const [index, { scales }] of plots.entries()) {
    found[index].zoomedHours = (scales.x.max - scales.x.min) / 3600
  }
  dispatchEvent(new Event('beforeprint'))
  await pause()
  for (const [index, chart] of charts.entries()) {
    found[index].paperWidth = chart.querySelector('canvas').clientWidth
  }
  return { charts: found, heading: document.querySelector('h1').textContent }
}

function look(chart) {
  const canvas = chart.querySelector('canvas')
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
  return {
    id: chart.dataset.chart,
    width: canvas.clientWidth / chart.clientWidth,
    colors: new Set(new Uint32Array(data.buffer)).size,
    label: canvas.getAttribute('aria-label'),
    legend: chart.querySelector('.u-legend').textContent,
  }
}

function point(over, type, share) {
  const { left, top, width, height } = over.getBoundingClientRect()
  const at = { clientX: left + share * width, clientY: top + height / 2, movementX: 1 }
  const target = type === 'mouseup' ? document : over
  target.dispatchEvent(new MouseEvent(type, { ...at, bubbles: true }))
}

probe().then((found) => {
  const place = document.body.appendChild(document.createElement('pre'))
  place.id = 'probe'
  place.textContent = encodeURIComponent(JSON.stringify(found))
})
</script>`

describe.skipIf(chromium === null)(`in a browser (${chromium ?? reason})`, () => {
  test('every chart is drawn, described, fits paper and follows the mouse over the others', () => {
    const { charts, console } = probe(renderReport(exampleDay()))
    expect(console).toEqual([])
    expect(charts.map(({ id }) => id)).toEqual([
      'rate',
      'latency',
      'waiting',
      'errors',
      'dynos',
      'utilization',
      'memory',
      'jobs-waiting',
      'jobs-done',
    ])
    for (const { width, colors, label, legend, zoomedHours, paperWidth } of charts) {
      expect(zoomedHours).toBeCloseTo(6, 0)
      expect(width).toBe(1)
      expect(paperWidth).toBeGreaterThan(300)
      expect(paperWidth).toBeLessThan(360)
      expect(colors).toBeGreaterThan(20)
      expect(label).not.toBe('')
      expect(legend).toMatch(/^UTC2 Mar (11:59|12:00):00/)
    }
    expect(charts[0]?.legend).toMatch(/arrived\d\d\.\d\/sserved\d\d\.\d\/sfailed0\/s/)
  })

  test('names stay text', () => {
    const { charts, heading, console } = probe(renderReport(hostileRun()))
    expect(console).toEqual([])
    expect(heading).toBe(HOSTILE_NAME)
    expect(charts.at(-1)?.legend).toContain(HOSTILE_NAME)
  })

  test('a run without a time series has a page without charts', () => {
    const { charts, console } = probe(renderReport(quietRun()))
    expect(console).toEqual([])
    expect(charts).toEqual([])
  })
})

function probe(page: string): {
  charts: readonly ChartProbe[]
  heading: string
  console: readonly string[]
} {
  const { document, console } = visit(
    chromium ?? '',
    page.replace('</body>', () => `${PROBE}</body>`),
  )
  const [, found = '{}'] = /<pre id="probe">(.*?)<\/pre>/.exec(document) ?? []
  return { ...JSON.parse(decodeURIComponent(found)), console }
}
