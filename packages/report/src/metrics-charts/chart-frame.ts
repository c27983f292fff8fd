import type { Line } from '../terminal-line.js'
import type { TimeGrid } from './time-grid.js'

/** What the charts of a view have in common. */
export interface ChartFrame {
  readonly grid: TimeGrid
  /** What stands under a chart: the axis of time. */
  readonly axis: readonly Line[]
  /** Columns of the terminal. */
  readonly width: number
}
