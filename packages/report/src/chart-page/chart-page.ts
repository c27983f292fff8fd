import type { Unit } from '../quantity.js'

/** A page of charts: what `renderChartPage` draws. */
export interface ChartPage {
  /** Heading of the page. */
  readonly title: string
  /** What is shown, in a sentence or two. */
  readonly note: string
  readonly charts: readonly LineChart[]
  /** What the figures take for granted, one sentence each. Default: none. */
  readonly assumptions?: readonly string[]
}

/** Lines over one horizontal axis. */
export interface LineChart {
  readonly title: string
  readonly x: ChartAxis
  readonly y: ChartAxis
  /** At least one. Each has a colour of its own up to six; from the seventh on they are dashed. */
  readonly series: readonly LineSeries[]
  /** How the intervals of points are drawn. Default `band`. */
  readonly intervals?: 'band' | 'whiskers'
  /** Vertical lines with a label, for what happened where. Default: none. */
  readonly marks?: readonly ChartMark[]
}

/** What is measured along an axis. */
export interface ChartAxis {
  /** In words, for example `mean wait` or `dynos`. */
  readonly label: string
  /** How values are written; durations are in milliseconds, shares from 0 to 1. */
  readonly unit: Unit
  /** Default `linear`. */
  readonly scale?: 'linear' | 'log'
  /**
   * Where the axis begins. Default: horizontally at the first point; vertically at 0 when linear, at
   * the power of ten below the smallest positive figure when logarithmic. What is smaller lies below
   * the chart; its table has it.
   */
  readonly min?: number
}

/** One line. */
export interface LineSeries {
  readonly label: string
  /** In strictly ascending order of x. Series may have different ones. */
  readonly points: readonly LinePoint[]
}

/** A figure, and how sure it is. */
export interface LinePoint {
  readonly x: number
  /** Null: nothing was observed there; the line has a gap. */
  readonly y: number | null
  /** Bounds of the interval around y. Default: none is drawn. */
  readonly low?: number
  readonly high?: number
}

/** Something that happened at a place of the horizontal axis. */
export interface ChartMark {
  readonly x: number
  readonly label: string
}
