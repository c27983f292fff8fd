import type { ConfigVars, Generation } from '@celadon/contracts'

/** What a process type runs, as far as it can be told from its command. */
export type ProgramDescription =
  | {
      readonly type: 'puma' | 'unicorn' | 'thin'
      readonly workers: number
      readonly threads: number
      readonly bootMs?: number
    }
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
}

/**
 * Tells from a Procfile command what it runs; null when the program is not known here.
 *
 * Config vars are put in for `$NAME` and `${NAME:-default}`. Defaults where the command is silent:
 * Heroku Dev Center, "Deploying Rails Applications with the Puma Web Server" (2 workers of 5
 * threads) and "with Unicorn" (3 workers).
 */
export function recogniseCommand(command: string, context: CommandContext): Recognition | null {
  const { variables, words } = splitCommand(expand(command, context.configVars))
  const [first = '', ...rest] = words
  const program = first.split('/').at(-1)
  if (program === 'puma') return puma(rest, context, 2)
  if (program === 'unicorn' || program === 'unicorn_rails') return unicorn(context)
  if (program === 'thin') return { program: { type: 'thin', workers: 1, threads: 1 } }
  if (program === 'rackup' || program === 'server') return defaultServer(context)
  if (program === 'rails' && /^s(erver)?$/.test(rest[0] ?? '')) return defaultServer(context)
  if (program === 'clockwork') return { program: { type: 'clock' } }
  if (program === 'delayed_job') return jobs('delayed_job', variables)
  if (program === 'rake' || program === 'rails') {
    if (rest.includes('jobs:work')) return jobs('delayed_job', { ...variables, ...assigned(rest) })
    if (rest.includes('resque:work')) return jobs('resque', { ...variables, ...assigned(rest) })
  }
  return null
}

/** What `rails server` and `rackup` start: thin in 2012, Puma without workers since Rails 5. */
function defaultServer(context: CommandContext): Recognition {
  const { generation } = context
  if (generation === 'router-2.0' || generation === 'common-runtime-2019') {
    return puma([], context, 1)
  }
  const assumption = 'is taken for thin, which serves one request at a time'
  return { program: { type: 'thin', workers: 1, threads: 1 }, assumption }
}

function puma(words: readonly string[], context: CommandContext, workers: number): Recognition {
  const given = {
    workers: flag(words, '-w', '--workers') ?? configNumber(context, 'WEB_CONCURRENCY'),
    threads: flag(words, '-t', '--threads') ?? configNumber(context, 'RAILS_MAX_THREADS'),
  }
  const program = {
    type: 'puma',
    workers: Math.max(1, given.workers ?? workers),
    threads: Math.max(1, given.threads ?? 5),
  } as const
  if (given.workers !== undefined && given.threads !== undefined) return { program }
  const shape = `${program.workers} x ${program.threads} threads`
  return { program, assumption: `is taken for puma with ${shape}` }
}

function unicorn(context: CommandContext): Recognition {
  const workers = configNumber(context, 'WEB_CONCURRENCY')
  const program = { type: 'unicorn', workers: Math.max(1, workers ?? 3), threads: 1 } as const
  if (workers !== undefined) return { program }
  return { program, assumption: `is taken for unicorn with ${program.workers} workers` }
}

function jobs(
  type: 'delayed_job' | 'resque',
  { QUEUE = '', QUEUES = QUEUE }: Readonly<Record<string, string>>,
): Recognition {
  const queues = QUEUES.split(',').filter((queue) => queue !== '')
  return { program: { type, queues } }
}

/** The last number of a flag's value: `-t 0:16` and `--threads=16` are both 16. */
function flag(words: readonly string[], ...names: readonly string[]): number | undefined {
  for (const [index, word] of words.entries()) {
    const name = names.find((candidate) => word === candidate || word.startsWith(`${candidate}=`))
    if (name === undefined) continue
    const value = word === name ? words[index + 1] : word.slice(name.length + 1)
    return wholeNumber(value?.split(':').at(-1))
  }
  return undefined
}

function configNumber({ configVars }: CommandContext, name: string): number | undefined {
  return Object.hasOwn(configVars, name) ? wholeNumber(configVars[name]) : undefined
}

/** Above 999 processes or threads no dyno starts. */
function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,3}$/.test(text) ? Number(text) : undefined
}

function expand(command: string, configVars: ConfigVars): string {
  return command.replace(
    /\$(?:\{(\w+)(?::-([^}]*))?\}|(\w+))/g,
    (_, braced: string | undefined, fallback: string | undefined, plain: string | undefined) => {
      const name = braced ?? plain ?? ''
      return (Object.hasOwn(configVars, name) ? configVars[name] : fallback) ?? ''
    },
  )
}

/** Takes away what stands before the program: `env`, `bundle exec`, `exec`, variables. */
function splitCommand(command: string): {
  readonly variables: Readonly<Record<string, string>>
  readonly words: readonly string[]
} {
  const words = command.split(/\s+/).filter((word) => word !== '')
  const prefixes = ['env', 'bundle', 'exec', 'ruby']
  const start = words.findIndex((word) => !prefixes.includes(word) && !word.includes('='))
  return start < 0
    ? { variables: {}, words: [] }
    : { variables: assigned(words.slice(0, start)), words: words.slice(start) }
}

/** `QUEUES=mail,low` and the like. */
function assigned(words: readonly string[]): Readonly<Record<string, string>> {
  const pairs = words.flatMap((word) => {
    const [, name, value = ''] = /^([A-Za-z_]\w*)=["']?(.*?)["']?$/.exec(word) ?? []
    return name === undefined ? [] : [[name, value] as const]
  })
  return Object.fromEntries(pairs)
}
