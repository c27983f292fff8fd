import type { ConfigVars, DynoSize, Generation } from '@celadon/contracts'
import { webConcurrency } from '@celadon/dyno-manifold'
import { type CommandWords, flag, numericFlag, numericVariable } from './words.js'

/** Web servers that are modelled, by the names that `celadon.yml` calls them. */
export const SERVER_NAMES = [
  'puma',
  'unicorn',
  'thin',
  'passenger',
  'mongrel',
  'gunicorn',
  'node',
  'single-threaded',
] as const

export type ServerName = (typeof SERVER_NAMES)[number]

/** Versions of puma that serve connections by different rules. */
export const PUMA_VERSIONS = ['3.6', '3.9', '3.12', '5', '6', '7'] as const

/** A web server with what is known about its configuration; what is missing is its own default. */
export interface ServerDescription {
  readonly type: 'server'
  readonly name: ServerName
  readonly workers?: number
  readonly threads?: number
  /** Of puma. */
  readonly version?: (typeof PUMA_VERSIONS)[number]
  /** Of gunicorn. */
  readonly workerClass?: 'sync' | 'gthread'
  /** Time after which unicorn or gunicorn kills a worker. */
  readonly timeoutMs?: number
  /** rack-timeout's limits. */
  readonly requestTimeout?: { readonly serviceMs?: number; readonly waitMs?: number }
  readonly bootMs?: number
}

interface Recognition {
  readonly program: ServerDescription
  readonly assumption?: string
}

interface Context {
  readonly generation: Generation
  readonly configVars: ConfigVars
  readonly size: DynoSize
}

/**
 * Tells which web server a command starts; null when it is none that is modelled.
 *
 * Defaults where the command is silent: Heroku Dev Center, "Deploying Rails Applications with the
 * Puma Web Server" (2 workers of 5 threads) and "with Unicorn" (3 workers); passenger's pool of 6;
 * for gunicorn what Heroku's Python buildpack puts into `WEB_CONCURRENCY`.
 */
export function recogniseServer(command: CommandWords, context: Context): Recognition | null {
  const { path, program, words } = command
  switch (program) {
    case 'puma':
      return puma(words, context, 2)
    case 'unicorn':
    case 'unicorn_rails':
      return workers('unicorn', numericVariable(context.configVars, 'WEB_CONCURRENCY'), 3)
    case 'thin':
      return plain('thin')
    case 'mongrel_rails':
    case 'mongrel':
      return plain('mongrel')
    case 'passenger':
      return workers('passenger', numericFlag(words, '--max-pool-size'), 6)
    case 'gunicorn':
      return gunicorn(words, context)
    case 'node':
    case 'npm':
    case 'yarn':
      return { ...plain('node'), assumption: 'is taken for one Node process' }
    case 'rackup':
      return rack(flag(words, '-s', '--server'), context)
    case 'server':
      // Rails 2. Other programs are called so, too.
      return /^(\.\/)?script\/server$/.test(path) ? defaultServer(context) : null
    case 'rails':
      return /^s(erver)?$/.test(words[0] ?? '') ? defaultServer(context) : null
    default:
      return null
  }
}

function plain(name: ServerName): Recognition {
  return { program: { type: 'server', name } }
}

/** What `rails server` and `rackup` start: thin in 2012, Puma without workers since Rails 5. */
function defaultServer(context: Context): Recognition {
  const { generation } = context
  if (generation === 'router-2.0' || generation === 'common-runtime-2019') {
    return puma([], context, 1)
  }
  return { ...plain('thin'), assumption: 'is taken for thin, which serves one request at a time' }
}

function rack(server: string | undefined, context: Context): Recognition {
  if (server === 'thin' || server === 'mongrel') return plain(server)
  return server === 'puma' ? puma([], context, 1) : defaultServer(context)
}

function puma(words: readonly string[], { configVars }: Context, byDefault: number): Recognition {
  const given = {
    workers:
      numericFlag(words, '-w', '--workers') ?? numericVariable(configVars, 'WEB_CONCURRENCY'),
    threads:
      numericFlag(words, '-t', '--threads') ?? numericVariable(configVars, 'RAILS_MAX_THREADS'),
  }
  const program = {
    type: 'server',
    name: 'puma',
    workers: Math.max(1, given.workers ?? byDefault),
    threads: Math.max(1, given.threads ?? 5),
  } as const
  if (given.workers !== undefined && given.threads !== undefined) return { program }
  const shape = `${program.workers} x ${program.threads} threads`
  return { program, assumption: `is taken for puma with ${shape}` }
}

function workers(name: ServerName, given: number | undefined, byDefault: number): Recognition {
  const program = { type: 'server', name, workers: Math.max(1, given ?? byDefault) } as const
  if (given !== undefined) return { program }
  return { program, assumption: `is taken for ${name} with ${program.workers} workers` }
}

function gunicorn(words: readonly string[], { configVars, size }: Context): Recognition {
  const threads = numericFlag(words, '--threads')
  const worker = flag(words, '-k', '--worker-class')
  const isThreaded = worker === 'gthread' || (threads !== undefined && threads > 1)
  const recognition = workers(
    'gunicorn',
    numericFlag(words, '-w', '--workers') ?? numericVariable(configVars, 'WEB_CONCURRENCY'),
    webConcurrency('python', size),
  )
  const timeout = numericFlag(words, '-t', '--timeout')
  const program: ServerDescription = {
    ...recognition.program,
    workerClass: isThreaded ? 'gthread' : 'sync',
    ...(threads === undefined ? {} : { threads: Math.max(1, threads) }),
    ...(timeout === undefined ? {} : { timeoutMs: timeoutMs(timeout) }),
  }
  if (worker === undefined || worker === 'sync' || worker === 'gthread') {
    return { ...recognition, program }
  }
  return { program, assumption: `has workers of class ${worker}, which are taken for sync` }
}

/** Gunicorn's time-out, given in seconds; with 0 it kills no worker. */
function timeoutMs(seconds: number): number {
  return seconds === 0 ? Number.POSITIVE_INFINITY : seconds * 1000
}
