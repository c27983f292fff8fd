// @ts-check

/**
 * A point of a chart with its interval, which does not reach below 0: what is measured cannot.
 *
 * @param {number} x
 * @param {import('@celadon/kernel').Interval} interval
 * @returns {import('@celadon/report').LinePoint}
 */
export function point(x, { estimate, low, high }) {
  return { x, y: estimate, low: Math.max(0, Math.min(low, estimate)), high }
}
