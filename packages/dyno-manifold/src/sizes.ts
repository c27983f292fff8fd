import type { DynoSize } from '@celadon/contracts'

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
export const DYNO_SIZES: Readonly<Record<string, DynoSize>> = index([
  {
    name: 'eco',
    memoryMb: 512,
    cores: 1,
    usdPerHour: 0.005,
    dedicated: false,
    memoryKillFactor: 2,
  },
  { name: 'basic', memoryMb: 512, cores: 1, ...monthly(7), dedicated: false, memoryKillFactor: 2 },
  {
    name: 'standard-1x',
    memoryMb: 512,
    cores: 1,
    ...monthly(25),
    dedicated: false,
    memoryKillFactor: 2,
  },
  {
    name: 'standard-2x',
    memoryMb: 1024,
    cores: 2,
    ...monthly(50),
    dedicated: false,
    memoryKillFactor: 2,
  },
  {
    name: 'performance-m',
    memoryMb: 2560,
    cores: 2,
    ...monthly(250),
    dedicated: true,
    memoryKillFactor: 2,
  },
  {
    name: 'performance-l',
    memoryMb: 14_336,
    cores: 8,
    ...monthly(500),
    dedicated: true,
    memoryKillFactor: 2,
  },
  {
    name: 'performance-l-ram',
    memoryMb: 30_720,
    cores: 4,
    ...monthly(500),
    dedicated: true,
    memoryKillFactor: 1.2,
  },
  {
    name: 'performance-xl',
    memoryMb: 63_488,
    cores: 8,
    ...monthly(750),
    dedicated: true,
    memoryKillFactor: 1.2,
  },
  {
    name: 'performance-2xl',
    memoryMb: 129_024,
    cores: 16,
    ...monthly(1500),
    dedicated: true,
    memoryKillFactor: 1.2,
  },
  {
    name: 'dyno-2012',
    memoryMb: 512,
    cores: 1,
    usdPerHour: 0.05,
    dedicated: false,
    memoryKillFactor: 3,
  },
])

/** Heroku prices a month as 720 hours: $25 a month is about $0.035 an hour. */
function monthly(usd: number): { readonly usdPerHour: number } {
  return { usdPerHour: usd / 720 }
}

function index(sizes: readonly DynoSize[]): Readonly<Record<string, DynoSize>> {
  return Object.fromEntries(sizes.map((size) => [size.name, size]))
}
