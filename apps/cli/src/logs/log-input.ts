import { createReadStream, statSync } from 'node:fs'
import { join } from 'node:path'
import { addAbortSignal, type Readable } from 'node:stream'
import { createLogReader, type ReadLine } from '@celadon/logplex'
import { CommandError, systemCode } from '../command-error.js'
import { RUN_FILES } from '../run-outputs.js'
import { readProblem } from '../text-file.js'

/** Bytes that are read at once. */
const CHUNK_BYTES = 262_144

/**
 * Opens a log: that of a run's folder, a file, or with `-` standard input. It is read piece by piece,
 * so it may be larger than memory, and no further when the signal aborts.
 *
 * @throws CommandError when there is no such log; when it cannot be read, while it is read
 */
export function readLog(run: string, signal: AbortSignal): AsyncIterable<LogPiece> {
  const { name, stream } = openLog(run)
  return readPieces(name, addAbortSignal(signal, stream), signal)
}

async function* readPieces(
  name: string,
  stream: Readable,
  signal: AbortSignal,
): AsyncGenerator<LogPiece> {
  let lines: ReadLine[] = []
  const reader = createLogReader({
    onLine: (line) => lines.push(line),
    year: new Date().getUTCFullYear(),
  })
  const fractions = new FractionFinder()
  const piece = (): LogPiece => {
    const taken = lines
    lines = []
    return { lines: taken, wholeSeconds: !fractions.found }
  }
  try {
    for await (const chunk of stream) {
      fractions.look(chunk)
      reader.push(chunk)
      yield piece()
    }
  } catch (error) {
    if (signal.aborted) return
    throw new CommandError(`${name}: ${readProblem(systemCode(error))}`)
  }
  reader.end()
  yield piece()
}

/** Lines of a log that came together. */
export interface LogPiece {
  readonly lines: readonly ReadLine[]
  /** Whether the log's times had no fractions of a second up to here, as those up to 2013. */
  readonly wholeSeconds: boolean
}

function openLog(run: string): { name: string; stream: Readable } {
  if (run === '-') return { name: 'standard input', stream: process.stdin }
  const path = logPath(run)
  return { name: path, stream: createReadStream(path, { highWaterMark: CHUNK_BYTES }) }
}

function logPath(run: string): string {
  try {
    if (!statSync(run).isDirectory()) return run
  } catch (error) {
    throw new CommandError(`${run}: ${missingOr(systemCode(error))}`)
  }
  const path = join(run, RUN_FILES.log)
  try {
    statSync(path)
    return path
  } catch (error) {
    const code = systemCode(error)
    if (code !== 'ENOENT') throw new CommandError(`${path}: ${readProblem(code)}`)
    throw new CommandError(
      `${run}: has no ${RUN_FILES.log}. A log file is accepted, or a folder that \`celadon simulate --out\` has written`,
    )
  }
}

function missingOr(code: string | undefined): string {
  if (code !== 'ENOENT') return readProblem(code)
  return 'does not exist. A log file is accepted, a folder that `celadon simulate --out` has written, or - for standard input'
}

/** Looks whether the times of a log have fractions of a second. */
class FractionFinder {
  found = false

  look(chunk: Uint8Array): void {
    if (this.found) return
    // UTF-16 has a zero byte beside each digit.
    const text = Buffer.from(chunk).toString('latin1').replaceAll('\0', '')
    this.found = /T\d\d:\d\d:\d\d\.\d/.test(text)
  }
}
