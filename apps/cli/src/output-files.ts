import { closeSync, mkdirSync, openSync, statSync, writeSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { CommandError, systemCode } from './command-error.js'

/** Where a text, or bytes, go to. */
export interface Output {
  /** Writes at once. The first failure, for example a full disk, is told; then it writes no more. */
  write(data: string | Uint8Array): void
  close(): void
}

/** Which option asks for an output, and where: a path, or `-` for standard output. */
export interface OutputRequest {
  readonly option: string
  readonly target: string
}

/**
 * Opens all outputs before anything is run, so that what cannot be written is told at once.
 *
 * @param inputs files that were read and must not be overwritten
 * @param onFailure called with words for people when an output that was opened cannot be written
 * @throws CommandError when one cannot be opened, two are the same, or one is an input
 */
export function openOutputs(
  requests: readonly OutputRequest[],
  inputs: readonly string[],
  onFailure: (message: string) => void,
): readonly Output[] {
  const taken = new Map(inputs.map((path) => [identityOf(path), `${path}, which is read`]))
  for (const { option, target } of requests) {
    const identity = identityOf(target)
    const other = taken.get(identity)
    if (other !== undefined) throw wrong(`${option} ${target}: would overwrite ${other}`)
    if (identity !== null) taken.set(identity, `the output of ${option}`)
  }
  return requests.map(({ option, target }) =>
    target === '-' ? standardOutput : new FileOutput(option, target, onFailure),
  )
}

/**
 * Makes the folder for the outputs of a run, if it is not there.
 *
 * @throws CommandError when it cannot be made
 */
export function makeOutputFolder(option: string, path: string): void {
  try {
    mkdirSync(path, { recursive: true })
  } catch (error) {
    const code = systemCode(error)
    const problem = code === 'EEXIST' ? 'is a file; a folder is needed' : openProblem(code, path)
    throw wrong(`${option} ${path}: ${problem}`)
  }
}

/** Standard output. Its errors come later, to the `Interruption`. */
const standardOutput: Output = {
  write(data) {
    // Where writing takes time, the bytes are still read when the writer has gone on to others.
    process.stdout.write(typeof data === 'string' ? data : data.slice())
  },
  close() {},
}

class FileOutput implements Output {
  private readonly descriptor: number
  private broken = false

  constructor(
    option: string,
    private readonly path: string,
    private readonly onFailure: (message: string) => void,
  ) {
    try {
      this.descriptor = openSync(path, 'w')
    } catch (error) {
      throw wrong(`${option} ${path}: ${openProblem(systemCode(error), path)}`)
    }
  }

  write(data: string | Uint8Array): void {
    if (this.broken) return
    const bytes = typeof data === 'string' ? Buffer.from(data) : data
    try {
      for (let written = 0; written < bytes.length; ) {
        written += writeSync(this.descriptor, bytes, written)
      }
    } catch (error) {
      this.broken = true
      this.onFailure(`${this.path}: ${writeProblem(systemCode(error))}`)
    }
  }

  close(): void {
    closeSync(this.descriptor)
  }
}

/** What two names of one file have in common; null for devices, which any number can write to. */
function identityOf(path: string): string | null {
  if (path === '-') return path
  try {
    const file = statSync(path)
    return file.isFile() ? `${file.dev}:${file.ino}` : null
  } catch {
    // What does not exist yet has no number; opening it tells whether it can exist.
    return resolve(path)
  }
}

/** Why a write failed, for the code of a system error. */
export function writeProblem(code: string | undefined): string {
  const reason = code === 'ENOSPC' ? 'no space left on the disk' : (code ?? 'unknown error')
  return `cannot be written: ${reason}`
}

function openProblem(code: string | undefined, path: string): string {
  switch (code) {
    case 'ENOENT':
      return `the folder ${dirname(path)} does not exist`
    case 'EACCES':
    case 'EPERM':
      return 'cannot be written: permission denied'
    case 'EROFS':
      return 'cannot be written: the disk is read-only'
    case 'EISDIR':
      return 'is a folder; a file is needed'
    case 'ENOTDIR':
      return 'a part of its path is a file'
    default:
      return `cannot be written: ${code ?? 'unknown error'}`
  }
}

function wrong(message: string): CommandError {
  return new CommandError(message)
}
