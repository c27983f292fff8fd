import type { DynoSize } from '@celadon/contracts'

/** Names of the dyno sizes. `dyno-2012` is the only one that there was then. */
export type DynoSizeName =
  | 'eco'
  | 'basic'
  | 'standard-1x'
  | 'standard-2x'
  | 'performance-m'
  | 'performance-l'
  | 'performance-l-ram'
  | 'performance-xl'
  | 'performance-2xl'
  | 'dyno-2012'

/** Heroku prorates monthly prices by the second; $25 a month are about $0.035 an hour. */
const MONTH_HOURS = 720

const SHARED = { dedicated: false, memoryKillFactor: 2 } as const
const DEDICATED = { dedicated: true, memoryKillFactor: 2 } as const
const LARGE = { dedicated: true, memoryKillFactor: 1.2 } as const

/**
 * The dyno sizes of today's Common Runtime and the single size of 2012.
 *
 * Memory, price and dedication: Heroku Dev Center, "Dyno Types" (2024 to 2026), and "Usage & Billing"
 * (2012). `cores` of dedicated dynos: their vCPUs (Ruby buildpack). `cores` of shared dynos: Heroku
 * publishes a relative compute range only (1x-4x for 512 MB, 2x-8x for 1024 MB, 12x for the 2 vCPUs
 * of Performance-M), which makes at most 0.7 and 1.3 vCPUs; 1 and 2 are guesses within a host's
 * burst. Kill factors: "Dyno Memory Behavior" (2024). Eco's flat price of $5 for 1000 hours is
 * spread over them.
 */
export const DYNO_SIZES: Readonly<Record<DynoSizeName, DynoSize>> = {
  eco: { name: 'eco', memoryMb: 512, cores: 1, usdPerHour: 5 / 1000, ...SHARED },
  basic: { name: 'basic', memoryMb: 512, cores: 1, usdPerHour: 7 / MONTH_HOURS, ...SHARED },
  'standard-1x': {
    name: 'standard-1x',
    memoryMb: 512,
    cores: 1,
    usdPerHour: 25 / MONTH_HOURS,
    ...SHARED,
  },
  'standard-2x': {
    name: 'standard-2x',
    memoryMb: 1024,
    cores: 2,
    usdPerHour: 50 / MONTH_HOURS,
    ...SHARED,
  },
  'performance-m': {
    name: 'performance-m',
    memoryMb: 2560,
    cores: 2,
    usdPerHour: 250 / MONTH_HOURS,
    ...DEDICATED,
  },
  'performance-l': {
    name: 'performance-l',
    memoryMb: 14_336,
    cores: 8,
    usdPerHour: 500 / MONTH_HOURS,
    ...DEDICATED,
  },
  'performance-l-ram': {
    name: 'performance-l-ram',
    memoryMb: 30_720,
    cores: 4,
    usdPerHour: 500 / MONTH_HOURS,
    ...LARGE,
  },
  'performance-xl': {
    name: 'performance-xl',
    memoryMb: 63_488,
    cores: 8,
    usdPerHour: 750 / MONTH_HOURS,
    ...LARGE,
  },
  'performance-2xl': {
    name: 'performance-2xl',
    memoryMb: 129_024,
    cores: 16,
    usdPerHour: 1500 / MONTH_HOURS,
    ...LARGE,
  },
  'dyno-2012': {
    name: 'dyno-2012',
    memoryMb: 512,
    cores: 1,
    usdPerHour: 0.05,
    dedicated: false,
    memoryKillFactor: 3,
  },
}

/** The size of this name, as `heroku ps:type` accepts it, in any case; undefined when there is none. */
export function findDynoSize(name: string): DynoSize | undefined {
  return Object.values(DYNO_SIZES).find((size) => size.name === name.toLowerCase())
}
