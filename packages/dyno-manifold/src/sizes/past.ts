import type { DynoSize } from '@celadon/contracts'
import { DEDICATED, MONTH_HOURS, SHARED, X, X_2014 } from './classes.js'

const ONE_X = {
  ...SHARED,
  name: '1x',
  memoryMb: 512,
  cores: 1,
  guaranteedCores: X_2014,
  processesMax: 256,
  usdPerHour: 0.05,
} as const

const TWO_X = {
  ...SHARED,
  name: '2x',
  memoryMb: 1024,
  cores: 2,
  guaranteedCores: 4 * X_2014,
  processesMax: 512,
  usdPerHour: 0.1,
} as const

const FREE = { ...ONE_X, memoryKillFactor: 2, guaranteedCores: X, quantityMax: 1 } as const

/**
 * Sizes that are not sold any more.
 *
 * Sources: Heroku Dev Center, "Dyno Size" and "Limits" (2014), "Dyno Types" (2015 to 2021). A dyno of
 * 2013 was killed at 3 times its quota and one of July 2014 at 5 times it; the entries change in July
 * 2014 because the day is not known. Nor is it known when `performance` became `performance-m` and
 * `performance-l`: 2016 is a guess. Kill factors between 2015 and 2022 are today's, a guess too.
 */
export const PAST_SIZES: readonly DynoSize[] = [
  { ...ONE_X, memoryKillFactor: 3, since: '2013-04', until: '2014-06' },
  { ...ONE_X, memoryKillFactor: 5, since: '2014-07', until: '2015-05' },
  { ...TWO_X, memoryKillFactor: 3, since: '2013-04', until: '2014-06' },
  { ...TWO_X, memoryKillFactor: 5, since: '2014-07', until: '2015-05' },
  {
    ...DEDICATED,
    name: 'px',
    memoryMb: 6144,
    cores: 8,
    guaranteedCores: 8,
    usdPerHour: 0.8,
    since: '2014-02',
    until: '2015-05',
  },
  { ...FREE, name: 'free', usdPerHour: 0, since: '2015-06', until: '2022-10' },
  { ...FREE, name: 'hobby', usdPerHour: 7 / MONTH_HOURS, since: '2015-06', until: '2022-10' },
  {
    ...TWO_X,
    name: 'standard-2x',
    memoryKillFactor: 2,
    // Its range was 4x to 8x then.
    guaranteedCores: 4 * X,
    usdPerHour: 50 / MONTH_HOURS,
    since: '2015-06',
    until: '2022-10',
  },
  {
    ...DEDICATED,
    name: 'performance',
    memoryMb: 6144,
    cores: 8,
    guaranteedCores: 8,
    usdPerHour: 500 / MONTH_HOURS,
    since: '2015-06',
    until: '2015-12',
  },
]
