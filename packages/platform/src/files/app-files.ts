import { type AppJson, readAppJson } from './app-json.js'
import { type CeladonYml, readCeladonYml } from './celadon-yml.js'
import { readJson, readYaml, type SourceDocument } from './document.js'
import { Problems } from './problems.js'
import { type ProcfileEntry, readProcfile } from './procfile.js'
import type { SourceFile } from './source-file.js'

/** The files of an app, each by itself in order; whether they fit together is not known yet. */
export interface AppFiles {
  readonly procfile: { readonly name: string; readonly entries: readonly ProcfileEntry[] }
  readonly appJson: Located<AppJson>
  readonly celadonYml: Located<CeladonYml>
  /** What is wrong with how they fit together. */
  readonly problems: Problems
  /** What is taken for granted because no file says it. */
  readonly assumptions: string[]
}

/** The content of a file that may be missing, and where its values stand. */
interface Located<Content> {
  readonly content: Content
  readonly document: SourceDocument
}

const PROCFILE_MISSING =
  'is missing; it says what the app runs, one line per process type, such as "web: bundle exec puma"'

/**
 * Reads the files of an app.
 *
 * @throws InputError with all problems of all files
 */
export function readAppFiles(
  procfile: SourceFile | undefined,
  appJson: SourceFile | undefined,
  celadonYml: SourceFile | undefined,
): AppFiles {
  const problems = new Problems()
  if (procfile === undefined) problems.add({ file: 'Procfile', message: PROCFILE_MISSING })
  const entries = procfile === undefined ? [] : readProcfile(procfile, problems)
  const files: AppFiles = {
    procfile: { name: procfile?.name ?? 'Procfile', entries },
    appJson: readLocated(appJson, 'app.json', readJson, readAppJson, problems),
    celadonYml: readLocated(celadonYml, 'celadon.yml', readYaml, readCeladonYml, problems),
    problems,
    assumptions: [],
  }
  problems.throwIfAny()
  return files
}

function readLocated<Content extends object>(
  source: SourceFile | undefined,
  name: string,
  parse: (source: SourceFile, problems: Problems) => SourceDocument | null,
  read: (document: SourceDocument, problems: Problems) => Content | null,
  problems: Problems,
): Located<Content | Record<string, never>> {
  const nothing: SourceDocument = { file: name, value: {}, locate: () => ({ line: 1, column: 1 }) }
  if (source === undefined) return { content: {}, document: nothing }
  const document = parse(source, problems) ?? nothing
  return { content: (document === nothing ? null : read(document, problems)) ?? {}, document }
}
