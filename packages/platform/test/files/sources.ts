import type { App } from '../../src/app.js'
import { InputError, type ReadAppOptions, readApp } from '../../src/files/index.js'

/** Texts of the files of an app; a Procfile with puma is there unless another one is given. */
export interface Texts {
  readonly procfile?: string
  readonly appJson?: string
  readonly celadonYml?: string
  /** Files that `workload.trace` can name. */
  readonly traces?: Readonly<Record<string, string>>
}

const PROCFILE = 'web: bundle exec puma -w 2 -t 5\n'

export function read(texts: Texts, options: ReadAppOptions = {}): App {
  const { procfile = PROCFILE, appJson, celadonYml, traces = {} } = texts
  return readApp(
    {
      procfile: { name: 'Procfile', text: procfile },
      appJson: appJson === undefined ? undefined : { name: 'app.json', text: appJson },
      celadonYml: celadonYml === undefined ? undefined : { name: 'celadon.yml', text: celadonYml },
      readFile: (path) => {
        const text = traces[path]
        return text === undefined ? { problem: 'does not exist' } : { name: path, text }
      },
    },
    options,
  )
}

/** What the error says, line by line; no line when the files are fine. */
export function complaints(texts: Texts): readonly string[] {
  try {
    read(texts)
    return []
  } catch (error) {
    if (error instanceof InputError) return error.message.split('\n')
    throw error
  }
}
