// Goal: the colours of series differ enough for readers who see fewer colours than most do.
import { describe, expect, test } from 'vitest'
import { renderChartPage } from '../../src/index.js'
import { examplePage } from './example-page.js'

type Triple = readonly [number, number, number]
type Matrix = readonly [Triple, Triple, Triple]

/** Linear RGB as it is seen. Source: Machado, Oliveira and Fernandes (2009), severity 1. */
const SIGHT: Readonly<Record<string, Matrix>> = {
  'all colours': [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
}

/** CIE 1976 distance; about 2 is just noticeable side by side, 10 at a glance. */
const DISTANCE_MIN = 20
/** WCAG 2, criterion 1.4.11: graphics against their background. */
const CONTRAST_MIN = 3

const page = renderChartPage(examplePage())

describe.each([
  ['light', 0],
  ['dark', 1],
])('on %s paper', (_, theme) => {
  const colors = [1, 2, 3, 4, 5, 6].map((series) => linear(colorOf(`series-${series}`, theme)))

  test.each(Object.entries(SIGHT))('any two colours differ for %s', (_, sight) => {
    const seen = colors.map((color) => lab(times(sight, color)))
    for (const [index, color] of seen.entries()) {
      for (const other of seen.slice(0, index)) {
        expect(distance(color, other)).toBeGreaterThan(DISTANCE_MIN)
      }
    }
  })

  test('each colour stands out from the paper', () => {
    const paper = luminance(linear(colorOf('paper', theme)))
    for (const color of colors.map(luminance)) {
      const [brighter, darker] = [Math.max(color, paper), Math.min(color, paper)]
      expect((brighter + 0.05) / (darker + 0.05)).toBeGreaterThan(CONTRAST_MIN)
    }
  })
})

/** The style sheet gives each property first for light and then for dark paper. */
function colorOf(name: string, theme: number): string {
  return [...page.matchAll(new RegExp(`--${name}: (#[0-9a-f]{6})`, 'g'))][theme]?.[1] ?? ''
}

function linear(color: string): Triple {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return [red, green, blue]
}

function times([red, green, blue]: Matrix, color: Triple): Triple {
  const part = (row: Triple) => Math.min(1, Math.max(0, dot(row, color)))
  return [part(red), part(green), part(blue)]
}

function luminance(color: Triple): number {
  return dot([0.2126, 0.7152, 0.0722], color)
}

function lab(color: Triple): Triple {
  const x = root(dot([0.4124, 0.3576, 0.1805], color) / 0.9505)
  const y = root(luminance(color))
  const z = root(dot([0.0193, 0.1192, 0.9505], color) / 1.089)
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}

function root(part: number): number {
  return part > 216 / 24389 ? Math.cbrt(part) : ((24389 / 27) * part + 16) / 116
}

function distance(a: Triple, b: Triple): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])
}

function dot(a: Triple, b: Triple): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}
