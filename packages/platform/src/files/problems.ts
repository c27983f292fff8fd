import type { Path, SourceDocument } from './document.js'
import { InputError, type InputProblem } from './input-error.js'
import { acceptedWords } from './suggestion.js'

/** Problems that are kept. A file with more of them is no file of ours. */
const PROBLEMS_MAX = 100

/** Collects what is wrong with the files of an app, so that all of it is told at once. */
export class Problems {
  private readonly list: InputProblem[] = []

  add(problem: InputProblem): void {
    if (this.list.length < PROBLEMS_MAX) this.list.push(problem)
  }

  /** A problem with the value at `path`, or with its key. `predicate` follows the path's name. */
  addAt(
    document: SourceDocument,
    path: Path,
    predicate: string,
    part: 'key' | 'value' = 'value',
  ): void {
    if (this.list.length >= PROBLEMS_MAX) return
    const found = describe(valueAt(document.value, path))
    const message = `${pathName(path)} ${predicate}`
    this.add({ file: document.file, ...document.locate(path, part), found, message })
  }

  /** The text at `path` ought to be one of these words. */
  addUnknownWord(document: SourceDocument, path: Path, accepted: readonly string[]): void {
    const value = valueAt(document.value, path)
    this.addAt(document, path, `is ${describe(value)}; ${acceptedWords(String(value), accepted)}`)
  }

  /** The last key of `path` ought to be one of these words; `what` says what they are. */
  addUnknownKey(
    document: SourceDocument,
    path: Path,
    what: string,
    accepted: readonly string[],
  ): void {
    const predicate = `is no ${what}; ${acceptedWords(String(path.at(-1)), accepted)}`
    this.addAt(document, path, predicate, 'key')
  }

  /** @throws InputError when anything was added; its problems are in order of file and place */
  throwIfAny(): void {
    if (this.list.length === 0) return
    const files = [...new Set(this.list.map(({ file }) => file))]
    const place = ({ file, line = 0, column = 0 }: InputProblem) =>
      [files.indexOf(file), line, column] as const
    throw new InputError(
      this.list.toSorted((a, b) => {
        const [fileA, lineA, columnA] = place(a)
        const [fileB, lineB, columnB] = place(b)
        return fileA - fileB || lineA - lineB || columnA - columnB
      }),
    )
  }
}

/** `formation.web.size`, `endpoints[0].path`; `the file` for an empty path. */
function pathName(path: Path): string {
  let name = ''
  for (const step of path) {
    if (typeof step === 'number') name += `[${step}]`
    else if (/^[A-Za-z0-9_-]+$/.test(String(step)))
      name += `${name === '' ? '' : '.'}${String(step)}`
    else name += `[${JSON.stringify(String(step))}]`
  }
  return name === '' ? 'the file' : name
}

/** A value as a message shows it. */
export function describe(value: unknown): string {
  if (value === undefined) return 'missing'
  if (value === null) return 'empty'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'a mapping'
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value)
  return text.length > 60 ? `${text.slice(0, 56)}…"` : text
}

function valueAt(value: unknown, path: Path): unknown {
  let current = value
  for (const step of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, step)) {
      return undefined
    }
    current = (current as Record<PropertyKey, unknown>)[step]
  }
  return current
}
