import { CeladonError } from '@celadon/kernel'
import type { PlatformErrorCode } from '../errors.js'

/** One thing that is wrong with a file of the app. */
export interface InputProblem {
  /** Name of the file. */
  readonly file: string
  /** From 1. Missing when the problem is about the file as a whole. */
  readonly line?: number
  /** From 1. Missing when the problem is about the file as a whole. */
  readonly column?: number
  /** The value that was found, as text; missing when something else is wrong than a value. */
  readonly found?: string
  /** Says what was found, what would be accepted and what was probably meant. */
  readonly message: string
}

/** How many problems an error lists; it counts the others. */
const PROBLEMS_LISTED_MAX = 20

/**
 * The files of an app cannot be used. Its message has one line per problem, in the form
 * `app.json:12:15: formation.web.size is "standard-3x"; accepted: …`.
 */
export class InputError extends CeladonError<PlatformErrorCode> {
  /** All problems of all files, in order of place. */
  readonly problems: readonly InputProblem[]

  constructor(problems: readonly InputProblem[]) {
    const lines = problems.slice(0, PROBLEMS_LISTED_MAX).map(formatProblem)
    const more = problems.length - lines.length
    if (more > 0) lines.push(`and ${more} more ${more === 1 ? 'problem' : 'problems'}`)
    super('PLATFORM_INPUT_INVALID', lines.join('\n'))
    this.problems = problems
  }
}

/** `file:line:column: message`, the form that editors and terminals make clickable. */
export function formatProblem({ file, line, column, message }: InputProblem): string {
  return line === undefined ? `${file}: ${message}` : `${file}:${line}:${column ?? 1}: ${message}`
}
