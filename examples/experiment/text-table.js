// @ts-check

/**
 * A table for the terminal: the first column flush left, the others flush right.
 *
 * @param {readonly string[]} columns
 * @param {readonly (readonly string[])[]} rows
 */
export function textTable(columns, rows) {
  const widths = columns.map((column, index) =>
    Math.max(column.length, ...rows.map((row) => row[index]?.length ?? 0)),
  )
  return [columns, ...rows]
    .map((row) =>
      row
        .map((cell, index) => {
          const width = widths[index] ?? 0
          return index === 0 ? cell.padEnd(width) : cell.padStart(width)
        })
        .join('   ')
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('')
}

/**
 * `233 ± 11`: three digits of the estimate, and half of the interval to the same decimal.
 *
 * @param {import('@celadon/kernel').Interval} interval
 */
export function intervalText({ estimate, halfWidth }) {
  const decimals = decimalsOf(estimate)
  return `${estimate.toFixed(decimals)} ± ${halfWidth.toFixed(decimals)}`
}

/** @param {number} value */
export function numberText(value) {
  return value.toFixed(decimalsOf(value))
}

/** Decimals with which a value has three digits, two of them behind the point at most. @param {number} value */
function decimalsOf(value) {
  const size = Math.abs(value)
  if (size < 10) return 2
  return size < 100 ? 1 : 0
}
