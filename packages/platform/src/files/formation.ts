import type { DynoSize, Generation } from '@celadon/contracts'
import type { ProcessType } from '../app.js'
import type { AppFiles } from './app-files.js'
import {
  type CommandContext,
  type ProgramDescription,
  recogniseCommand,
} from './commands/command.js'
import { sizeForQuantity, sizeInGeneration } from './dyno-size.js'
import type { ProcfileEntry } from './procfile.js'
import { createProgram } from './program.js'
import { describeServer } from './web-server.js'

/** A process type together with what its program is. */
export interface DescribedProcess {
  readonly type: string
  readonly description: ProgramDescription
  readonly process: ProcessType
}

/** The size that a dyno has unless told otherwise. */
const DEFAULT_SIZES: Readonly<Record<Generation, string>> = {
  'bamboo-2010': 'dyno-2012',
  'cedar-2012': 'dyno-2012',
  'common-runtime-2019': 'standard-1x',
  'router-2.0': 'standard-1x',
}

/** The process types of an app, without `release`, in the order of the Procfile. */
export function readFormation(
  files: AppFiles,
  context: Omit<CommandContext, 'size'>,
): readonly DescribedProcess[] {
  const entries = files.procfile.entries.filter(({ type }) => type !== 'release')
  const types = entries.map(({ type }) => type)
  reportUnknownTypes(files, types)
  return entries.map((entry) => {
    const { quantity, size } = dynos(entry.type, files, context.generation)
    const description = describeProgram(entry, files, { ...context, size })
    const { clock = [] } = files.celadonYml.content
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

function dynos(
  type: string,
  files: AppFiles,
  generation: Generation,
): { quantity: number; size: DynoSize } {
  const formation = files.appJson.content.formation ?? {}
  const entry = Object.hasOwn(formation, type) ? formation[type] : undefined
  // Heroku Dev Center, "Scaling Your Dyno Formation": a first deploy starts one web dyno only.
  const quantity = entry?.quantity ?? (entry !== undefined || type === 'web' ? 1 : 0)
  const sold = sizeInGeneration(entry?.size ?? DEFAULT_SIZES[generation], generation, files)
  const most = Math.max(quantity, ...scaledTo(type, files))
  const size = sizeForQuantity(sold, type, most, files)
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
  if (type === 'web' && server !== undefined) {
    const known = recognition?.program
    return describeServer(server, known?.type === 'server' ? known : undefined)
  }
  const override = Object.hasOwn(processes, type) ? processes[type] : undefined
  if (override !== undefined) {
    const boot = override.boot === undefined ? {} : { bootMs: override.boot }
    const { runs, queues = [] } = override
    return runs === 'clock' || runs === 'idle'
      ? { type: runs, ...boot }
      : { type: runs, queues, ...boot }
  }
  // A web server on another process type gets no requests.
  if (recognition !== null && (type === 'web' || recognition.program.type !== 'server')) {
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

/** Quantities that events of `celadon.yml` scale a process type to. */
function scaledTo(type: string, { celadonYml }: AppFiles): readonly number[] {
  return (celadonYml.content.events ?? []).flatMap(({ scale = {} }) =>
    Object.hasOwn(scale, type) ? [scale[type] ?? 0] : [],
  )
}
