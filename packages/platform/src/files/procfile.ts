import type { Problems } from './problems.js'
import type { Position, SourceFile } from './source-file.js'

/** A line of a Procfile. */
export interface ProcfileEntry {
  readonly type: string
  readonly command: string
  /** Where the command stands. */
  readonly position: Position
}

/** Heroku Dev Center, "The Procfile": a name of letters, digits, `_` and `-`, a colon, a command. */
const LINE = /^([A-Za-z0-9_-]+):(\s*)(\S.*)$/

/** Reads a Procfile: its process types in the order of the file. */
export function readProcfile(source: SourceFile, problems: Problems): readonly ProcfileEntry[] {
  const { name: file } = source
  const entries: ProcfileEntry[] = []
  for (const [index, raw] of source.text.split('\n').entries()) {
    const text = raw.trimEnd()
    if (text === '' || text.startsWith('#')) continue
    const line = index + 1
    const [, type, space = '', command = ''] = LINE.exec(text) ?? []
    if (type === undefined) {
      const message = `${JSON.stringify(text)} is no process type; accepted: TYPE: COMMAND`
      problems.add({ file, line, column: 1, found: text, message })
      continue
    }
    const earlier = entries.find((entry) => entry.type === type)
    if (earlier !== undefined) {
      const message = `${type} is there twice; line ${earlier.position.line} has it too`
      problems.add({ file, line, column: 1, found: type, message })
      continue
    }
    entries.push({ type, command, position: { line, column: type.length + space.length + 2 } })
  }
  if (!entries.some(({ type }) => type === 'web')) {
    const message = 'has no process type web; a line such as "web: bundle exec puma" is needed'
    problems.add({ file, message })
  }
  return entries
}
