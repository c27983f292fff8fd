/** A span of magnitudes that is written with one suffix. */
export interface Magnitude {
  /** Smallest value that is written this way. */
  readonly from: number
  readonly divideBy: number
  readonly suffix: string
  /** Significant digits; digits before the decimal point are always written. */
  readonly digits: number
}

/** How values of one kind are written for people, smallest magnitude first. */
export type Scale = readonly Magnitude[]

/** Names of the scales: what a chart's values are. */
export type Unit = 'count' | 'duration' | 'memory' | 'rate' | 'share'

const THOUSANDS: Scale = [
  { from: 1e3, divideBy: 1e3, suffix: ' k', digits: 3 },
  { from: 1e6, divideBy: 1e6, suffix: ' M', digits: 3 },
  { from: 1e9, divideBy: 1e9, suffix: ' G', digits: 3 },
  { from: 1e12, divideBy: 1e12, suffix: ' T', digits: 3 },
]

/**
 * One table for everything that writes numbers: the terminal, the page's tables and, as data in the
 * page, its charts. Values are counts, milliseconds, MB, events per second and shares from 0 to 1.
 */
export const SCALES: Readonly<Record<Unit, Scale>> = {
  count: [{ from: 0, divideBy: 1, suffix: '', digits: 3 }, ...THOUSANDS],
  duration: [
    { from: 0, divideBy: 1, suffix: ' ms', digits: 2 },
    { from: 1e3, divideBy: 1e3, suffix: ' s', digits: 3 },
    { from: 60e3, divideBy: 60e3, suffix: ' min', digits: 3 },
    { from: 3600e3, divideBy: 3600e3, suffix: ' h', digits: 3 },
    { from: 48 * 3600e3, divideBy: 24 * 3600e3, suffix: ' d', digits: 3 },
  ],
  memory: [
    { from: 0, divideBy: 1, suffix: ' MB', digits: 2 },
    { from: 1024, divideBy: 1024, suffix: ' GB', digits: 3 },
    { from: 1024 * 1024, divideBy: 1024 * 1024, suffix: ' TB', digits: 3 },
  ],
  rate: [
    { from: 0, divideBy: 1, suffix: '/s', digits: 3 },
    ...THOUSANDS.map((magnitude) => ({ ...magnitude, suffix: `${magnitude.suffix}/s` })),
  ],
  share: [{ from: 0, divideBy: 0.01, suffix: ' %', digits: 3 }],
}

/** `5.02 M`, `63 ms`, `1.24 s`, `612 MB`, `58.1/s`, `42.1 %`; `-` for what is no number. */
export function formatQuantity(value: number, unit: Unit): string {
  if (!Number.isFinite(value)) return '-'
  let text = ''
  for (const { from, divideBy, suffix, digits } of SCALES[unit]) {
    const scaled = value / divideBy
    // Rounding may lift a value into the next magnitude: 999.6 ms is written as 1.00 s.
    const isReached = Number(scaled.toPrecision(digits)) * divideBy >= from
    if (text === '' || isReached) text = formatScaled(scaled, digits, divideBy === 1) + suffix
  }
  return text
}

/** The same without zeros at the end: `1 s`, `1.5 k`, `24 h`. */
export function formatRound(value: number, unit: Unit): string {
  return formatQuantity(value, unit).replace(/(\.\d*?)0+(?= |$)/, (_, decimals: string) =>
    decimals === '.' ? '' : decimals,
  )
}

/** A share of a whole whose extremes matter: never `100 %` or `0 %` unless it is exactly that. */
export function formatRatio(share: number): string {
  if (!Number.isFinite(share)) return '-'
  if (share === 0 || share === 1) return `${share * 100} %`
  if (share < 0.0001) return '<0.01 %'
  if (share > 0.9999 && share < 1) return '>99.99 %'
  return share < 0.1 || share > 0.9
    ? `${(share * 100).toFixed(2)} %`
    : formatQuantity(share, 'share')
}

/** `$12.34`, `$1,234.50`, `$5.02 M`. */
export function formatUsd(usd: number): string {
  if (!Number.isFinite(usd)) return '-'
  if (usd >= 1e6) return `$${formatQuantity(usd, 'count')}`
  const [whole = '0', cents = '00'] = usd.toFixed(2).split('.')
  return `$${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${cents}`
}

function formatScaled(value: number, digits: number, isWhole: boolean): string {
  if (isWhole && Number.isInteger(value)) return String(value)
  if (value > 0 && value < 0.001) return '<0.001'
  const rounded = Number(value.toPrecision(digits))
  if (rounded < 1) return String(rounded)
  const decimals = digits - 1 - Math.floor(Math.log10(rounded))
  return value.toFixed(Math.max(decimals, 0))
}
