import type { DynoSize } from '@celadon/contracts'
import { DEDICATED, MONTH_HOURS } from './classes.js'

/** Killed at the quota: no swap. No limit of their number is known. */
const PRIVATE = {
  ...DEDICATED,
  memoryKillFactor: 1,
  quantityMax: Number.POSITIVE_INFINITY,
} as const

/** Shield dynos cost a fifth more than Private ones. */
const SHIELD_PRICE = 1.2

const SPACES: readonly DynoSize[] = [
  { ...PRIVATE, ...spaceSize('s', 1024, 2, 125), processesMax: 16_384, since: '2015-09' },
  { ...PRIVATE, ...spaceSize('m', 2560, 2, 300), processesMax: 16_384, since: '2015-09' },
  { ...PRIVATE, ...spaceSize('l', 14_336, 8, 600), since: '2015-09' },
]

/**
 * Sizes of Private Spaces, Shield Spaces and the Fir generation.
 *
 * Memory, kill at the quota, $125 for Private-S, $25 and $50 for the two Fir sizes: Heroku Dev Center,
 * "Dyno Types", "Dyno Memory Behavior" (2024 to 2026). The prices of Private-M and -L, the cores of
 * Private dynos (those of the Performance sizes) and the first days of sale are guesses.
 */
export const PRIVATE_SIZES: readonly DynoSize[] = [
  ...SPACES,
  ...SPACES.map((size) => ({
    ...size,
    name: size.name.replace('private', 'shield'),
    usdPerHour: size.usdPerHour * SHIELD_PRICE,
    since: '2018',
  })),
  { ...PRIVATE, ...firSize(1, 0.5, 25), processesMax: 16_384, since: '2024-12' },
  { ...PRIVATE, ...firSize(2, 1, 50), processesMax: 16_384, since: '2024-12' },
]

function spaceSize(letter: string, memoryMb: number, cores: number, usdPerMonth: number) {
  const usdPerHour = usdPerMonth / MONTH_HOURS
  return { name: `private-${letter}`, memoryMb, cores, guaranteedCores: cores, usdPerHour }
}

function firSize(cores: number, memoryGb: number, usdPerMonth: number) {
  return {
    name: `dyno-${cores}c-${memoryGb}gb`,
    memoryMb: memoryGb * 1024,
    cores,
    guaranteedCores: cores,
    usdPerHour: usdPerMonth / MONTH_HOURS,
  }
}
