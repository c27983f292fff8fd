import type { DynoSize } from '@celadon/contracts'
import { DEDICATED, MONTH_HOURS, SHARED, X } from './classes.js'

/** Names of the sizes in {@link DYNO_SIZES}. */
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

const SMALL = { ...SHARED, memoryMb: 512, cores: 1, guaranteedCores: X, processesMax: 256 } as const
const LARGE = { ...DEDICATED, memoryKillFactor: 1.2, processesMax: 32_768 } as const

/**
 * The sizes of today's Common Runtime and the single, nameless size of 2012.
 * {@link findDynoSize} knows the others.
 *
 * Memory, price, dedication: Heroku Dev Center, "Dyno Types" (2024 to 2026), "Usage & Billing" (2014).
 * Kill factors: "Dyno Memory Behavior" (2024). Quantities: "Limits" (2024). Processes: `ulimit -u`, by
 * which the Ruby buildpack tells sizes apart. Eco's flat price of $5 for 1000 hours is spread over them.
 *
 * `cores` of dedicated sizes are their vCPUs. Of shared ones Heroku publishes a relative range only:
 * 1x to 4x for 512 MB, 2x to 8x for 1024 MB, where 50x are the 8 vCPUs of Performance-L. Its lower end
 * is `guaranteedCores`, which is inferred. Its upper end makes 0.64 and 1.28 vCPUs; that a quiet host
 * has 1 and 2 cores to spare is a guess.
 */
export const DYNO_SIZES: Readonly<Record<DynoSizeName, DynoSize>> = {
  eco: {
    ...SMALL,
    name: 'eco',
    usdPerHour: 5 / 1000,
    quantityMax: 1,
    since: '2022-11',
  },
  basic: {
    ...SMALL,
    name: 'basic',
    usdPerHour: 7 / MONTH_HOURS,
    quantityMax: 1,
    since: '2022-11',
  },
  'standard-1x': {
    ...SMALL,
    name: 'standard-1x',
    usdPerHour: 25 / MONTH_HOURS,
    since: '2015-06',
  },
  'standard-2x': {
    ...SHARED,
    name: 'standard-2x',
    memoryMb: 1024,
    cores: 2,
    guaranteedCores: 2 * X,
    processesMax: 512,
    usdPerHour: 50 / MONTH_HOURS,
    since: '2022-11',
  },
  'performance-m': {
    ...DEDICATED,
    name: 'performance-m',
    memoryMb: 2560,
    cores: 2,
    guaranteedCores: 2,
    processesMax: 16_384,
    usdPerHour: 250 / MONTH_HOURS,
    since: '2016',
  },
  'performance-l': {
    ...DEDICATED,
    name: 'performance-l',
    memoryMb: 14_336,
    cores: 8,
    guaranteedCores: 8,
    usdPerHour: 500 / MONTH_HOURS,
    since: '2016',
  },
  'performance-l-ram': {
    ...LARGE,
    name: 'performance-l-ram',
    memoryMb: 30_720,
    cores: 4,
    guaranteedCores: 4,
    usdPerHour: 500 / MONTH_HOURS,
    since: '2023',
  },
  'performance-xl': {
    ...LARGE,
    name: 'performance-xl',
    memoryMb: 63_488,
    cores: 8,
    guaranteedCores: 8,
    usdPerHour: 750 / MONTH_HOURS,
    since: '2023',
  },
  'performance-2xl': {
    ...LARGE,
    name: 'performance-2xl',
    memoryMb: 129_024,
    cores: 16,
    guaranteedCores: 16,
    usdPerHour: 1500 / MONTH_HOURS,
    since: '2023',
  },
  'dyno-2012': {
    ...SHARED,
    name: 'dyno-2012',
    memoryMb: 512,
    cores: 1,
    guaranteedCores: 0.2,
    memoryKillFactor: 3,
    processesMax: 256,
    usdPerHour: 0.05,
    since: '2010',
    until: '2013-03',
  },
}
