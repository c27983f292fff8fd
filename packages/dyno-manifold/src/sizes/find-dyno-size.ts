import type { DynoSize, Generation } from '@celadon/contracts'
import { manifoldError } from '../errors.js'
import { DYNO_SIZES } from './dyno-sizes.js'
import { PAST_SIZES } from './past.js'
import { PRIVATE_SIZES } from './private.js'

/** Every size that there ever was, some names more than once, with other properties at other times. */
const ALL_SIZES: readonly DynoSize[] = [
  ...PAST_SIZES,
  ...Object.values(DYNO_SIZES),
  ...PRIVATE_SIZES,
]

/** The day at which the sizes of a generation are taken. Later than any day: today. */
const GENERATION_DAYS: ReadonlyMap<string, string> = new Map<Generation, string>([
  ['bamboo-2010', '2010-12-31'],
  ['cedar-2012', '2012-12-31'],
  ['common-runtime-2019', '2019-12-31'],
  ['router-2.0', '9999-12-31'],
])

const TODAY = 'router-2.0'
const DAY = /^\d{4}(-\d\d){0,2}$/

/**
 * The sizes that were sold in a period, oldest first.
 *
 * @param when a generation, or a day such as `2014-03-01` or `2014-03`. Default: today
 * @throws `MANIFOLD_OPTION_INVALID` when it is neither
 */
export function dynoSizes(when: string = TODAY): readonly DynoSize[] {
  const day = GENERATION_DAYS.get(when) ?? when
  if (!DAY.test(day)) throw periodInvalid(when)
  return ALL_SIZES.filter(({ since, until }) => {
    const begun = since <= day || since.startsWith(day)
    return begun && (until === null || until >= day.slice(0, until.length))
  })
}

/**
 * The size of this name, as `heroku ps:type` accepts it, in any case. Names came and went, and some
 * meant something else at another time.
 *
 * @param when a generation, or a day such as `2014-03-01` or `2014-03`. Default: today
 * @throws `MANIFOLD_SIZE_UNKNOWN` when none of this name was sold then
 * @throws `MANIFOLD_OPTION_INVALID` when `when` is neither a generation nor a day
 */
export function findDynoSize(name: string, when: string = TODAY): DynoSize {
  const isNamed = (size: DynoSize): boolean => size.name === name.toLowerCase()
  const sold = dynoSizes(when)
  const size = sold.findLast(isNamed)
  if (size !== undefined) return size
  const names = [...new Set(sold.map((known) => known.name))].join(', ') || 'none'
  throw manifoldError(
    'MANIFOLD_SIZE_UNKNOWN',
    `There is no dyno size ${name} (${when}). Sold then: ${names}.${ALL_SIZES.filter(isNamed).map(timeOfSale).join('')}`,
  )
}

function timeOfSale({ name, since, until }: DynoSize): string {
  return ` ${name} was sold from ${since} to ${until ?? 'today'}.`
}

function periodInvalid(when: string): Error {
  const generations = [...GENERATION_DAYS.keys()].join(', ')
  return manifoldError(
    'MANIFOLD_OPTION_INVALID',
    `The time of a dyno size must be a day, for example 2014-03-01, or one of ${generations}, but was ${when}.`,
  )
}
