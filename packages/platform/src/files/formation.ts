import type { DynoSize } from '@celadon/contracts'
import { findDynoSize } from '@celadon/dyno-manifold'
import type { ProcessType } from '../app.js'
import type { AppFiles } from './app-files.js'
import type { ServerEntry } from './celadon-yml.js'
import { type CommandContext, type ProgramDescription, recogniseCommand } from './command.js'
import type { ProcfileEntry } from './procfile.js'
import { createProgram } from './program.js'

/** A process type together with what its program is. */
export interface DescribedProcess {
  readonly type: string
  readonly description: ProgramDescription
  readonly process: ProcessType
}

const DEFAULT_SIZE = 'standard-1x'

/** Servers as they are when neither `celadon.yml` nor the command says how many workers they have. */
const SERVER_DEFAULTS = {
  puma: { workers: 2, threads: 5 },
  unicorn: { workers: 3, threads: 1 },
  thin: { workers: 1, threads: 1 },
} as const

/** The process types of an app, without `release`, in the order of the Procfile. */
export function readFormation(
  files: AppFiles,
  context: CommandContext,
): readonly DescribedProcess[] {
  const entries = files.procfile.entries.filter(({ type }) => type !== 'release')
  const types = entries.map(({ type }) => type)
  reportUnknownTypes(files, types)
  return entries.map((entry) => {
    const description = describeProgram(entry, files, context)
    const { clock = [] } = files.celadonYml.content
    const { quantity, size } = dynos(entry.type, files)
    const process: ProcessType = {
      quantity,
      size,
      command: entry.command,
      program: (parts) => createProgram(description, clock, parts),
    }
    return { type: entry.type, description, process }
  })
}

function reportUnknownTypes(files: AppFiles, types: readonly string[]): void {
  const { appJson, celadonYml, problems } = files
  for (const type of Object.keys(appJson.content.formation ?? {})) {
    if (types.includes(type)) continue
    problems.addUnknownKey(appJson.document, ['formation', type], 'process type', types)
  }
  const others = types.filter((type) => type !== 'web')
  for (const type of Object.keys(celadonYml.content.processes ?? {})) {
    if (others.includes(type)) continue
    problems.addUnknownKey(celadonYml.document, ['processes', type], 'process type', others)
  }
}

function dynos(type: string, files: AppFiles): { quantity: number; size: DynoSize } {
  const formation = files.appJson.content.formation ?? {}
  const entry = Object.hasOwn(formation, type) ? formation[type] : undefined
  // Heroku Dev Center, "Scaling Your Dyno Formation": a first deploy starts one web dyno only.
  const quantity = entry?.quantity ?? (entry !== undefined || type === 'web' ? 1 : 0)
  const size = findDynoSize(entry?.size ?? DEFAULT_SIZE)
  if (size === undefined) throw new RangeError(`The dyno size ${entry?.size} was not checked.`)
  const number = `${quantity} ${quantity === 1 ? 'dyno' : 'dynos'}`
  if (entry === undefined) {
    const sized = quantity === 0 ? number : `${number} of size ${size.name}`
    files.assumptions.push(`app.json has no formation for ${type}: it runs on ${sized}.`)
  } else if (entry.quantity === undefined) {
    files.assumptions.push(`app.json names no quantity for ${type}: it runs on ${number}.`)
  }
  if (entry !== undefined && entry.size === undefined) {
    files.assumptions.push(`app.json names no size for ${type}: its dynos are ${size.name}.`)
  }
  return { quantity, size }
}

function describeProgram(
  entry: ProcfileEntry,
  files: AppFiles,
  context: CommandContext,
): ProgramDescription {
  const { type, command, position } = entry
  const { server, processes = {} } = files.celadonYml.content
  const recognition = recogniseCommand(command, context)
  if (type === 'web' && server !== undefined) return fromServer(server, recognition?.program)
  const override = Object.hasOwn(processes, type) ? processes[type] : undefined
  if (override !== undefined) {
    const boot = override.boot === undefined ? {} : { bootMs: override.boot }
    const { runs, queues = [] } = override
    return runs === 'clock' || runs === 'idle'
      ? { type: runs, ...boot }
      : { type: runs, queues, ...boot }
  }
  if (recognition !== null) {
    const { program, assumption } = recognition
    if (assumption !== undefined) files.assumptions.push(`${type}: "${command}" ${assumption}.`)
    return program
  }
  if (type === 'web') {
    const message = `web runs "${command}", whose web server is not known; name one in celadon.yml, for example server: { name: puma, workers: 2, threads: 5 }`
    files.problems.add({ file: files.procfile.name, ...position, found: command, message })
  } else {
    files.assumptions.push(`${type}: "${command}" is not modelled; its dynos idle.`)
  }
  return { type: 'idle' }
}

/** The server that `celadon.yml` names, completed by the command where that runs the same one. */
function fromServer(
  server: ServerEntry,
  recognised: ProgramDescription | undefined,
): ProgramDescription {
  const { name, boot } = server
  const isSame = recognised !== undefined && recognised.type === name && 'workers' in recognised
  const base = isSame ? recognised : SERVER_DEFAULTS[name]
  return {
    type: name,
    workers: server.workers ?? base.workers,
    threads: server.threads ?? base.threads,
    ...(boot === undefined ? {} : { bootMs: boot }),
  }
}
