import { type DynoSize, GENERATIONS, type Generation } from '@celadon/contracts'
import { dynoSizes } from '@celadon/dyno-manifold'
import type { AppFiles } from './app-files.js'

/** Dynos of a type that a run has at most, where Heroku's support has raised the limit. */
const RAISED_QUANTITY_MAX = 10_000

/** Sizes of all generations, today's first. */
const SIZES = GENERATIONS.toReversed().flatMap((generation) => dynoSizes(generation))

/** Names of sizes that were sold in some generation, today's first. */
export const SIZE_NAMES: readonly string[] = [...new Set(SIZES.map(({ name }) => name))]

/** The size that a checked name means in a generation, and what has to be assumed for it. */
export function sizeInGeneration(name: string, generation: Generation, files: AppFiles): DynoSize {
  const then = dynoSizes(generation).findLast((size) => size.name === name)
  if (then !== undefined) return then
  const size = SIZES.find((known) => known.name === name)
  if (size === undefined) throw new RangeError(`The dyno size ${name} was not checked.`)
  files.assumptions.push(
    `Dynos of size ${name} were not sold in ${generation}: they are as at another time.`,
  )
  return size
}

/**
 * The size for this many dynos of a type. Where Heroku allows one only, more are a problem; other
 * limits are raised on request, so they count as raised.
 */
export function sizeForQuantity(
  size: DynoSize,
  type: string,
  quantity: number,
  files: AppFiles,
): DynoSize {
  if (quantity <= size.quantityMax) return size
  if (size.quantityMax === 1) {
    const message = `asks for ${quantity} dynos of size ${size.name}; Heroku allows 1 of a process type`
    files.problems.addAt(files.appJson.document, ['formation', type, 'quantity'], message)
    return size
  }
  files.assumptions.push(
    `${type} has up to ${quantity} dynos: Heroku's support has raised the limit of ${size.quantityMax}.`,
  )
  return { ...size, quantityMax: RAISED_QUANTITY_MAX }
}
