import type { ConfigVars, DynoSize, Generation } from '@celadon/contracts'
import { recogniseServer, type ServerDescription } from './servers.js'
import { assigned, splitCommand } from './words.js'

/** What a process type runs, as far as it can be told from its command. */
export type ProgramDescription =
  | ServerDescription
  | {
      readonly type: 'delayed_job' | 'resque'
      /** Queues that it serves; none: all. */
      readonly queues: readonly string[]
      readonly bootMs?: number
    }
  | { readonly type: 'clock' | 'idle'; readonly bootMs?: number }

/** A program, and what had to be assumed about it because the command does not say. */
export interface Recognition {
  readonly program: ProgramDescription
  readonly assumption?: string
}

/** What decides how a command runs, besides its text. */
export interface CommandContext {
  readonly generation: Generation
  readonly configVars: ConfigVars
  readonly size: DynoSize
}

/** Tells from a Procfile command what it runs; null when the program is not known here. */
export function recogniseCommand(command: string, context: CommandContext): Recognition | null {
  const split = splitCommand(command, context.configVars)
  const server = recogniseServer(split, context)
  if (server !== null) return server
  const { program, words, variables } = split
  if (program === 'clockwork') return { program: { type: 'clock' } }
  if (program === 'delayed_job') return jobs('delayed_job', variables)
  if (program === 'rake' || program === 'rails') {
    if (words.includes('jobs:work'))
      return jobs('delayed_job', { ...variables, ...assigned(words) })
    if (words.includes('resque:work')) return jobs('resque', { ...variables, ...assigned(words) })
  }
  return null
}

function jobs(
  type: 'delayed_job' | 'resque',
  { QUEUE = '', QUEUES = QUEUE }: Readonly<Record<string, string>>,
): Recognition {
  const queues = QUEUES.split(',').filter((queue) => queue !== '')
  return { program: { type, queues } }
}
