// Runs in the page, as a script: what stands here is known to the scripts after it.

/**
 * Writes a value as `formatQuantity` does; the scale comes with the page's data.
 *
 * @param {number} value
 * @param {import('../../quantity.js').Scale} scale
 */
function quantityText(value, scale) {
  let text = ''
  for (const { from, divideBy, suffix, digits } of scale) {
    const scaled = value / divideBy
    const isReached = Number(scaled.toPrecision(digits)) * divideBy >= from
    if (text === '' || isReached) text = scaledText(scaled, digits, divideBy === 1) + suffix
  }
  return text
}

/**
 * @param {number} value
 * @param {number} digits
 * @param {boolean} isWhole
 */
function scaledText(value, digits, isWhole) {
  if (isWhole && Number.isInteger(value)) return String(value)
  if (value > 0 && value < 0.001) return '<0.001'
  const rounded = Number(value.toPrecision(digits))
  if (rounded < 1) return String(rounded)
  const decimals = digits - 1 - Math.floor(Math.log10(rounded))
  return value.toFixed(Math.max(decimals, 0))
}
