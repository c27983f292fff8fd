import type { AddOnContext, RandomSource } from '@celadon/contracts'

const ADJECTIVES: readonly string[] = [
  'angular',
  'circular',
  'contoured',
  'cubic',
  'curved',
  'cylindrical',
  'flat',
  'rectangular',
  'rugged',
  'shaped',
  'spherical',
  'tapered',
]

/** A name as Heroku gives to add-ons, for example `postgresql-curved-04711`. */
export function resourceName(kind: string, stream: RandomSource): string {
  const adjective = ADJECTIVES[stream.below(ADJECTIVES.length)] ?? ''
  return `${kind}-${adjective}-${String(stream.below(100_000)).padStart(5, '0')}`
}

/** A made-up credential: a letter and hexadecimal digits. */
export function credential(letter: string, digits: number, stream: RandomSource): string {
  let text = letter
  for (let count = 0; count < digits; count += 1) text += stream.below(16).toString(16)
  return text
}

/**
 * Name of an attachment as config vars and metrics lines spell it. An attachment that only repeats
 * the service's name gets the name that Heroku gives to the first one of a kind.
 */
export function attachmentName(context: AddOnContext, service: string, first: string): string {
  const { attachment } = context
  return attachment === service ? first : attachment.toUpperCase().replace(/[^A-Z0-9]+/g, '_')
}
