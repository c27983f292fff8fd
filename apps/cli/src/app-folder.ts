import { statSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import {
  type AppSources,
  InputError,
  type InputProblem,
  type ReadFile,
  type SourceFile,
} from '@celadon/platform/files'
import { systemCode } from './command-error.js'
import { readProblem, readTextFile } from './text-file.js'

/** Largest Procfile, app.json or celadon.yml in megabytes. */
const SOURCE_SIZE_MAX_MB = 1

/** Largest trace in megabytes. */
const TRACE_SIZE_MAX_MB = 64

/** Names of the files that describe an app. */
export const FILE_NAMES = {
  procfile: 'Procfile',
  appJson: 'app.json',
  celadonYml: 'celadon.yml',
} as const

/** The files of an app, and the paths of all that were read. */
export interface AppFolder {
  readonly sources: AppSources
  /** A trace is added when it is read. */
  readonly paths: readonly string[]
}

/**
 * Reads the files of an app from its folder.
 *
 * @throws InputError when the folder, or a file in it, cannot be read, and when it has no Procfile
 */
export function readAppFolder(folder: string): AppFolder {
  const folderProblem = problemOf(folder)
  if (folderProblem !== null) throw new InputError([{ file: folder, message: folderProblem }])
  const problems: InputProblem[] = []
  const paths: string[] = []
  const read = (name: string): SourceFile | undefined => {
    const path = join(folder, name)
    const file = readTextFile(path, SOURCE_SIZE_MAX_MB)
    if ('text' in file) {
      paths.push(path)
      return { name: path, text: file.text }
    }
    if (file.missing === true) return undefined
    const place = file.line === undefined ? {} : { line: file.line, column: 1 }
    problems.push({ file: path, message: file.problem, ...place })
    return undefined
  }
  const sources = {
    procfile: read(FILE_NAMES.procfile),
    appJson: read(FILE_NAMES.appJson),
    celadonYml: read(FILE_NAMES.celadonYml),
  }
  if (problems.length > 0) throw new InputError(problems)
  if (sources.procfile === undefined) {
    const message =
      'has no Procfile. celadon needs the folder of a Heroku app: its Procfile and, if there are any, app.json and celadon.yml'
    throw new InputError([{ file: folder, message }])
  }
  const readFile: ReadFile = (path) => {
    const name = isAbsolute(path) ? path : join(folder, path)
    paths.push(name)
    return readTrace(name)
  }
  return { sources: { ...sources, readFile }, paths }
}

function readTrace(name: string): ReturnType<ReadFile> {
  const file = readTextFile(name, TRACE_SIZE_MAX_MB)
  if ('text' in file) return { name, text: file.text }
  const hint = file.problem.endsWith('are read') ? '. Sum the requests over longer intervals' : ''
  return { problem: `${file.problem}${hint}` }
}

function problemOf(folder: string): string | null {
  try {
    return statSync(folder).isDirectory() ? null : 'is a file; the folder of an app is needed'
  } catch (error) {
    const code = systemCode(error)
    return code === 'ENOENT' ? 'does not exist' : readProblem(code)
  }
}
