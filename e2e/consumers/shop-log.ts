import { readFileSync } from 'node:fs'
import type { Generation, LogSource } from '../../packages/contracts/src/index.js'
import type { LogLine } from '../../packages/logplex/src/index.js'
import { readApp, type SourceFile } from '../../packages/platform/src/files/index.js'
import { createPlatform } from '../../packages/platform/src/index.js'
import { microsOf } from './syslog-receiver.js'

/** A run's log: as `heroku logs` prints it, and line by line. */
export interface RunLog {
  readonly text: string
  readonly lines: readonly LogLine[]
}

const LINE = /^(\S+) (app|heroku)\[([^\]]+)\]: (.*)$/

const logs = new Map<Generation, RunLog>()

/** The log of the shop beside this file on the platform of a generation. It runs once. */
export function shopLog(generation: Generation): RunLog {
  const log = logs.get(generation) ?? run(generation)
  logs.set(generation, log)
  return log
}

function run(generation: Generation): RunLog {
  const app = readApp({
    procfile: shopFile('Procfile'),
    appJson: shopFile('app.json'),
    celadonYml: shopFile('celadon.yml', `generation: ${generation}\n`),
  })
  const platform = createPlatform(app)
  const decoder = new TextDecoder()
  let text = ''
  const firehose = platform.logplex.firehose((chunk) => {
    text += decoder.decode(chunk, { stream: true })
  })
  platform.advance(platform.durationMs)
  firehose.close()
  return { text, lines: text.split('\n').slice(0, -1).map(parseLine) }
}

function shopFile(name: string, before = ''): SourceFile {
  return { name, text: before + readFileSync(new URL(`shop/${name}`, import.meta.url), 'utf8') }
}

/** Takes a line apart without Celadon's own reader, so that it cannot judge itself. */
function parseLine(line: string): LogLine {
  const [, time = '', source = '', process = '', text = ''] = LINE.exec(line) ?? []
  if (time === '') throw new Error(`not a line of heroku logs: ${line}`)
  return { atMicros: microsOf(time), source: source as LogSource, process, text }
}
