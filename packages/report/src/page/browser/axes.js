// Runs in the page. How axes are divided and written, in all kinds of charts.

/** @typedef {import('../../quantity.js').Scale} Scale */
/** @typedef {import('../../quantity.js').Unit} Unit */

const MINUTE_S = 60
const HOUR_S = 60 * MINUTE_S
const DAY_S = 24 * HOUR_S

/** Steps that read well on an axis of time, in seconds. */
const TIME_STEPS = [
  ...[1, 5, 15, 30],
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE_S),
  ...[1, 2, 3, 4, 6, 12].map((hours) => hours * HOUR_S),
  ...[1, 2, 7, 14, 28, 91, 182, 364].map((days) => days * DAY_S),
]

/** 1, 2, 5, 10, 20 and so on, from 10 to the power of `from`. @param {number} from */
function roundSteps(from) {
  return Array.from({ length: 40 }, (_, index) =>
    Number(`${[1, 2, 5][index % 3]}e${from + Math.floor(index / 3)}`),
  )
}

/**
 * Steps of a linear axis where uPlot's own do not fit: whole things, powers of two for memory, and
 * durations, which are written in seconds and minutes.
 *
 * @type {Readonly<Partial<Record<Unit, number[]>>>}
 */
const STEPS = {
  count: roundSteps(0),
  duration: [
    ...roundSteps(-3).filter((step) => step < 1000),
    ...TIME_STEPS.map((step) => step * 1000),
  ],
  memory: Array.from({ length: 30 }, (_, index) => 2 ** index),
}

/** What all axes share. @returns {uPlot.Axis} */
function plainAxis() {
  return {
    stroke: property('muted'),
    font: `${property('plot-font')} system-ui, sans-serif`,
    ticks: { show: false },
    grid: { show: false },
  }
}

/**
 * An axis of quantities.
 *
 * @param {Unit} unit
 * @param {Scale} scale
 * @param {boolean} isLog
 * @returns {uPlot.Axis}
 */
function quantityAxis(unit, scale, isLog) {
  const steps = isLog ? undefined : STEPS[unit]
  return {
    ...plainAxis(),
    ...(steps === undefined ? {} : { incrs: steps }),
    ...(isLog ? { splits: logSplits, filter: logLabels } : {}),
    values: (_plot, values) =>
      values.map((value) => (value === null ? '' : tickText(quantityText(value, scale)))),
  }
}

/** Lines across the chart at the ticks of an axis. @param {boolean} isLog @returns {uPlot.Axis.Grid} */
function gridLines(isLog) {
  return {
    stroke: property('hairline'),
    width: 1,
    ...(isLog ? { filter: powersOfTen } : {}),
  }
}

/** `1.50 k` as `1.5 k`, `20.0 %` as `20 %`. @param {string} text */
function tickText(text) {
  return text.replace(/\.0+(?=\D)|(\.\d*?[1-9])0+(?=\D)/, '$1')
}

/**
 * 1, 2 and 5 times each power of ten in view. uPlot's own begin at whatever the lowest value is.
 *
 * @param {uPlot} _plot
 * @param {number} _axis
 * @param {number} min
 * @param {number} max
 */
function logSplits(_plot, _axis, min, max) {
  return roundSteps(Math.floor(Math.log10(min))).filter((value) => value >= min && value <= max)
}

/**
 * Powers of ten are labelled, and the steps between them where there are few.
 *
 * @param {uPlot} plot
 * @param {number[]} values
 */
function logLabels(plot, values) {
  const powers = powersOfTen(plot, values)
  return powers.filter((value) => value !== null).length > 1 ? powers : values
}

/** @param {uPlot} _plot @param {number[]} values */
function powersOfTen(_plot, values) {
  return values.map((value) => (Number.isInteger(Math.log10(value)) ? value : null))
}

/** A custom property of the style sheet. @param {string} name */
function property(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim()
}
