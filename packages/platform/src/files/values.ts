import { constant, type Distribution, exponential, lognormal } from '@celadon/kernel'
import * as z from 'zod'
import { PREDICATE } from './schema.js'
import { DATE, DURATION, parseDate, parseDuration, parseTimeOfDay, TIME_OF_DAY } from './time.js'

/** `30s` to milliseconds. */
export const duration: z.ZodType<number, string> = parsed(
  DURATION,
  parseDuration,
  'a duration above 0 such as 250ms, 30s, 5m, 24h or 7d, at most 366d',
)

/** `"07:30"` to milliseconds since the start. */
export const timeOfDay: z.ZodType<number, string> = parsed(
  TIME_OF_DAY,
  parseTimeOfDay,
  'a time such as "07:30" or "07:30:15"',
)

/** `2026-03-02` to milliseconds since 1970. */
export const date: z.ZodType<number, string> = parsed(DATE, parseDate, 'a date such as 2026-03-02')

/** A rate or a number of bytes; the limit keeps sums of them finite. */
export const amount: z.ZodType<number> = z
  .number({ error: 'a number from 0 to 1000000000' })
  .min(0)
  .max(1_000_000_000)

/** How many of something there are, at least one. */
export const count: z.ZodType<number> = z
  .int({ error: 'a whole number from 1 to 1000000' })
  .min(1)
  .max(1_000_000)

/** Processes or threads of a dyno, whose system allows some hundreds to some ten thousands. */
export const concurrency: z.ZodType<number> = z
  .int({ error: 'a whole number from 1 to 999' })
  .min(1)
  .max(999)

/** Machines of the platform: routers or hosts. */
export const machines: z.ZodType<number> = z
  .int({ error: 'a whole number from 1 to 1000' })
  .min(1)
  .max(1_000)

/** Dynos of a process type. Heroku allows 100 unless asked; studies have gone to 4000. */
export const quantity: z.ZodType<number> = z
  .int({ error: 'a whole number from 0 to 10000' })
  .min(0)
  .max(10_000)

/** A number between 0 and 1. */
export const share: z.ZodType<number> = z.number({ error: 'a number from 0 to 1' }).min(0).max(1)

/** A part of something that is never all gone. */
export const positiveShare: z.ZodType<number> = z
  .number({ error: 'a number above 0, at most 1' })
  .gt(0)
  .max(1)

/** Text that is not blank. */
export const name: z.ZodType<string> = z.string({ error: 'text that is not blank' }).regex(/\S/)

/** A duration, or a bare number of milliseconds. */
const MILLISECONDS_FORM = 'milliseconds such as 60, or a duration such as 60ms or 1.5s'
const milliseconds: z.ZodType<number, string | number> = z.union(
  [z.number({ error: MILLISECONDS_FORM }).min(0.001).max(86_400_000), duration],
  { error: MILLISECONDS_FORM },
)

const spread = z
  .strictObject({
    median: milliseconds.optional(),
    p95: milliseconds.optional(),
    mean: milliseconds.optional(),
    constant: milliseconds.optional(),
  })
  .transform((value, context): Distribution => {
    if (context.issues.length > 0) return z.NEVER
    const { median, p95, mean } = value
    const keys = Object.keys(value)
    if (keys.length === 1 && mean !== undefined) return exponential({ mean })
    if (keys.length === 1 && value.constant !== undefined) return constant(value.constant)
    let message = `has ${keys.join(' and ') || 'no key'}; accepted: median and p95, mean, or constant`
    if (keys.length === 2 && median !== undefined && p95 !== undefined) {
      if (p95 > median) return lognormal({ median, p95 })
      message = `has a p95 of ${p95} ms; accepted: more than its median, ${median} ms`
    }
    context.addIssue({ code: 'custom', message, params: PREDICATE })
    return z.NEVER
  })

/**
 * How long a unit of work takes with nobody else in the way: `{ median, p95 }` is lognormal,
 * `{ mean }` exponential, `{ constant }` or a bare time always the same.
 */
export const serviceTime: z.ZodType<Distribution, unknown> = z.union(
  [milliseconds.transform((value) => constant(value)), spread],
  { error: 'a time such as 60ms, or { median, p95 }, { mean } or { constant }' },
)

/** `10%` to 0.1. */
export const percentage: z.ZodType<number, string> = parsed(
  /^\d+(\.\d+)?%$/,
  (text) => (Number.parseFloat(text) <= 100 ? Number.parseFloat(text) / 100 : null),
  'a percentage such as 10%, at most 100%',
)

const BITS_PER_SECOND: Readonly<Record<string, number>> = { kbit: 1e3, Mbit: 1e6, Gbit: 1e9 }

/** `1.5 Mbit/s` to bytes a millisecond. */
export const speed: z.ZodType<number, string> = parsed(
  /^(\d+(?:\.\d+)?) ?(kbit|Mbit|Gbit)\/s$/,
  (text) => {
    const unit = /[kMG]bit/.exec(text)?.[0] ?? ''
    const bytesPerMs = (Number.parseFloat(text) * (BITS_PER_SECOND[unit] ?? 0)) / 8 / 1000
    return bytesPerMs > 0 && bytesPerMs < Number.POSITIVE_INFINITY ? bytesPerMs : null
  },
  'a speed above 0 such as 256 kbit/s, 1.5 Mbit/s or 1 Gbit/s',
)

/** A check that the corners of a list do not go back in time. */
export function inOrderOfTime({
  value,
  issues,
}: z.core.ParsePayload<readonly { readonly atMs: number }[]>): void {
  for (const [index, { atMs }] of value.entries()) {
    const before = value[index - 1]
    if (before === undefined || !(atMs < before.atMs)) continue
    const message = 'is before the entry above it; the list is in order of time'
    issues.push({ code: 'custom', message, input: value, path: [index, 'at'], params: PREDICATE })
  }
}

/** A check that a key is there only together with one of some others. */
export function goesWith(
  key: string,
  others: readonly string[],
): z.core.CheckFn<Readonly<Record<string, unknown>>> {
  return ({ value, issues }) => {
    if (issues.length > 0 || value[key] === undefined) return
    if (others.some((other) => value[other] !== undefined)) return
    const message = `goes with ${others.join(' or ')}, which the file does not have`
    issues.push({ code: 'custom', message, input: value, path: [key], params: PREDICATE })
  }
}

/** A check that exactly one of these keys is there. */
export function exactlyOneOf(
  keys: readonly string[],
): z.core.CheckFn<Readonly<Record<string, unknown>>> {
  return ({ value, issues }) => {
    // A misspelt key is told already, and is the reason.
    if (issues.some(({ code }) => code === 'unrecognized_keys')) return
    const given = keys.filter((key) => value[key] !== undefined)
    if (given.length === 1) return
    const has = given.length === 0 ? 'none' : given.join(' and ')
    const message = `has ${has} of ${keys.join(', ')}; accepted: exactly one of them`
    issues.push({ code: 'custom', message, input: value, params: PREDICATE })
  }
}

function parsed(
  pattern: RegExp,
  parse: (text: string) => number | null,
  accepted: string,
): z.ZodType<number, string> {
  const text = z.string({ error: accepted }).regex(pattern)
  return text.transform((matching, context) => {
    const value = parse(matching)
    if (value !== null) return value
    if (context.issues.length === 0) context.addIssue({ code: 'custom', message: accepted })
    return z.NEVER
  })
}
