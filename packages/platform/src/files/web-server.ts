import type { Program } from '@celadon/contracts'
import {
  gunicorn,
  mongrel,
  node,
  passenger,
  puma,
  singleThreaded,
  thin,
  unicorn,
} from '@celadon/dyno-manifold'
import * as z from 'zod'
import { PUMA_VERSIONS, SERVER_NAMES, type ServerDescription } from './commands/servers.js'
import { PREDICATE } from './schema.js'
import { concurrency, duration } from './values.js'

type ServerName = ServerDescription['name']

/** `server` of `celadon.yml`, with times in milliseconds. */
export interface ServerEntry {
  readonly name: ServerName
  readonly version?: (typeof PUMA_VERSIONS)[number] | undefined
  readonly workers?: number | undefined
  readonly threads?: number | undefined
  readonly worker_class?: 'sync' | 'gthread' | undefined
  readonly boot?: number | undefined
  readonly timeout?: number | undefined
  readonly request_timeout?:
    | { readonly service?: number | undefined; readonly wait?: number | undefined }
    | undefined
}

const RUBY: readonly ServerName[] = [
  'puma',
  'unicorn',
  'thin',
  'passenger',
  'mongrel',
  'single-threaded',
]

/** Keys that only some servers have. */
const SERVERS_WITH: Readonly<Record<string, readonly ServerName[]>> = {
  version: ['puma'],
  workers: ['puma', 'unicorn', 'passenger', 'gunicorn', 'node'],
  threads: ['puma', 'gunicorn'],
  worker_class: ['gunicorn'],
  timeout: ['unicorn', 'gunicorn'],
  request_timeout: RUBY,
}

const VERSION_FORM = 'a version such as 6 or "3.12.1"'

/** A version of puma, by the last one before it whose rules it follows. */
const pumaVersion = z
  .union([z.string(), z.number()], { error: VERSION_FORM })
  .transform((given, context) => {
    const [, major, minor = '0'] =
      /^(\d{1,3})(?:\.(\d{1,3}))?(?:\.\d{1,3})?$/.exec(`${given}`) ?? []
    if (major !== undefined) return rulesOf(Number(major) * 1000 + Number(minor))
    context.addIssue({ code: 'custom', message: VERSION_FORM })
    return z.NEVER
  })

function rulesOf(version: number): (typeof PUMA_VERSIONS)[number] {
  const rules = PUMA_VERSIONS.findLast((known) => {
    const [major = 0, minor = 0] = known.split('.').map(Number)
    return major * 1000 + minor <= version
  })
  return rules ?? PUMA_VERSIONS[0]
}

export const serverEntry: z.ZodType<ServerEntry> = z
  .strictObject({
    name: z.enum(SERVER_NAMES),
    version: pumaVersion.optional().meta({
      description: 'Of puma: versions serve kept connections by different rules.',
    }),
    workers: concurrency.optional(),
    threads: concurrency.optional(),
    worker_class: z.enum(['sync', 'gthread']).optional(),
    boot: duration.optional(),
    timeout: duration.optional().meta({ description: 'Time after which it kills a worker.' }),
    request_timeout: z
      .strictObject({ service: duration.optional(), wait: duration.optional() })
      .optional()
      .meta({ description: "rack-timeout's limits." }),
  })
  .check(({ value, issues }) => {
    for (const [key, servers] of Object.entries(SERVERS_WITH)) {
      if (value[key as keyof ServerEntry] === undefined || servers.includes(value.name)) continue
      const message = `is no key of ${value.name}; ${servers.join(', ')} ${servers.length === 1 ? 'has' : 'have'} it`
      issues.push({ code: 'custom', message, input: value, path: [key], params: PREDICATE })
    }
  })

/** The server that `celadon.yml` names, completed by the command where that runs the same one. */
export function describeServer(
  entry: ServerEntry,
  recognised: ServerDescription | undefined,
): ServerDescription {
  const base = recognised?.name === entry.name ? recognised : undefined
  const { request_timeout: limits, threads } = entry
  // Without a class of its own, gunicorn takes the one that fits its threads.
  const knownClass =
    threads !== undefined && base?.workerClass === 'sync' ? undefined : base?.workerClass
  return defined({
    type: 'server' as const,
    name: entry.name,
    workers: entry.workers ?? base?.workers,
    threads: threads ?? base?.threads,
    version: entry.version,
    workerClass: entry.worker_class ?? knownClass,
    timeoutMs: entry.timeout ?? base?.timeoutMs,
    requestTimeout: limits && defined({ serviceMs: limits.service, waitMs: limits.wait }),
    bootMs: entry.boot,
  })
}

/** Makes the program of a web server; what the description leaves open is the server's default. */
export function createServer(description: ServerDescription): Program {
  const { type: _, name, workerClass, ...options } = description
  switch (name) {
    case 'puma':
      return puma(options)
    case 'unicorn':
      return unicorn(options)
    case 'thin':
      return thin(options)
    case 'passenger':
      return passenger(options)
    case 'mongrel':
      return mongrel(options)
    case 'gunicorn':
      return gunicorn(defined({ ...options, worker: workerClass }))
    case 'node':
      return node(options)
    case 'single-threaded':
      return singleThreaded(options)
  }
}

/** The same with keys that may be missing in place of those that may be undefined. */
type Defined<Type> = {
  [Key in keyof Type as undefined extends Type[Key] ? never : Key]: Type[Key]
} & {
  [Key in keyof Type as undefined extends Type[Key] ? Key : never]?: Exclude<Type[Key], undefined>
}

/** The object without keys that are undefined. */
function defined<Type extends object>(object: Type): Defined<Type> {
  const entries = Object.entries(object).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as Defined<Type>
}
