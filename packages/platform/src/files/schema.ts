import type * as z from 'zod'
import type { Path, SourceDocument } from './document.js'
import { describe, type Problems } from './problems.js'
import { acceptedWords } from './suggestion.js'

type Issue = z.core.$ZodIssue
type RawIssue = z.core.$ZodRawIssue

/**
 * What a check of a schema reports when its message is a whole predicate, such as `has no path`,
 * instead of the words that are accepted.
 */
export const PREDICATE = { predicate: true } as const

/** Checks a document against a schema. Returns null, and reports why, when it does not match. */
export function readAs<Output>(
  schema: z.ZodType<Output>,
  document: SourceDocument,
  problems: Problems,
): Output | null {
  const result = schema.safeParse(document.value, { reportInput: true, error: acceptedBy })
  if (result.success) return result.data
  for (const issue of result.error.issues) report(issue, [], document, problems)
  return null
}

function report(issue: Issue, base: Path, document: SourceDocument, problems: Problems): void {
  const path = [...base, ...issue.path]
  switch (issue.code) {
    case 'unrecognized_keys':
      for (const key of issue.keys) {
        problems.addUnknownKey(document, [...path, key], 'known key', issue.message.split(', '))
      }
      return
    case 'invalid_value':
      problems.addAt(document, path, `is ${describe(issue.input)}; ${acceptedValues(issue)}`)
      return
    case 'invalid_union': {
      // The alternative whose type fits the value tells more than the list of all alternatives.
      const fitting = issue.errors.find((issues) => issues.every(isInside))
      if (fitting === undefined) break
      for (const inner of fitting) report(inner, path, document, problems)
      return
    }
    case 'invalid_key':
      problems.addAt(document, path, `is no name; accepted: ${issue.message}`, 'key')
      return
    case 'custom':
      if (issue.params !== PREDICATE) break
      problems.addAt(document, path, issue.message)
      return
  }
  problems.addAt(document, path, `is ${describe(issue.input)}; accepted: ${issue.message}`)
}

function isInside({ code, path }: Issue): boolean {
  return path.length > 0 || code === 'unrecognized_keys' || code === 'custom'
}

function acceptedValues({ input, values }: z.core.$ZodIssueInvalidValue): string {
  return acceptedWords(typeof input === 'string' ? input : '', values.map(String))
}

/** What a schema would accept, for those that do not say it themselves. */
function acceptedBy(issue: RawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return TYPE_NAMES[issue.expected] ?? issue.expected
    case 'too_small':
      return `${amount(issue.origin, issue.minimum)} or more`
    case 'too_big':
      return `${amount(issue.origin, issue.maximum)} or less`
    case 'unrecognized_keys':
      return keysOf(issue).join(', ')
    case 'invalid_value':
      return issue.values.map(String).join(', ')
    default:
      return 'another value'
  }
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a number',
  object: 'a mapping',
  record: 'a mapping',
  string: 'text',
}

function amount(origin: string, limit: number | bigint): string {
  if (origin === 'string') return `text of ${limit} characters`
  if (origin === 'array') return `a list of ${limit} ${limit === 1 ? 'entry' : 'entries'}`
  return `a number of ${limit}`
}

function keysOf(issue: RawIssue): readonly string[] {
  const definition = issue.inst?._zod.def
  return definition !== undefined && 'shape' in definition
    ? Object.keys(definition.shape as object)
    : []
}
