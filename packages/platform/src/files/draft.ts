import { DYNO_SIZES } from '@celadon/dyno-manifold'
import type { Attachment } from '../app.js'
import { type AppFiles, readAppFiles } from './app-files.js'
import { readAttachments } from './attachments.js'
import { recogniseCommand } from './commands/command.js'
import { SERVER_NAMES } from './commands/servers.js'
import { type DescribedProcess, readFormation } from './formation.js'
import type { AppSources } from './read-app.js'
import { defaultRate } from './traffic.js'

const DAY_MS = 86_400_000

/**
 * Writes a `celadon.yml` for an app that has none: it fits the app's process types and add-ons, and
 * says what can be said. Its numbers are guesses.
 *
 * @throws InputError when the Procfile or app.json is wrong
 */
export function draftCeladonYml(sources: AppSources): string {
  const files = readAppFiles(sources.procfile, sources.appJson, undefined)
  const context = { generation: 'router-2.0', configVars: {} } as const
  const web = files.procfile.entries.find(({ type }) => type === 'web')
  const size = DYNO_SIZES['standard-1x']
  const isKnown = web !== undefined && recogniseCommand(web.command, { ...context, size }) !== null
  const named: AppFiles = isKnown
    ? files
    : { ...files, celadonYml: { ...files.celadonYml, content: { server: { name: 'puma' } } } }
  const formation = readFormation(named, context)
  const attachments = readAttachments(named)
  files.problems.throwIfAny()
  const jobs = jobsOf(formation)
  return [
    HEADER,
    ...(isKnown ? [] : [SERVER]),
    rateSection(),
    endpointSection(attachments, jobs),
    ...jobSections(formation, jobs),
    ...(attachments.some(({ model }) => model.service === 'scheduler') ? [SCHEDULER] : []),
    EVENTS,
  ].join('\n\n')
}

interface DraftJob {
  readonly name: string
  readonly library: 'delayed_job' | 'resque'
  readonly queue: string
}

const HEADER = `# Traffic and work of this app, for celadon. Procfile and app.json say the rest.
# The numbers are guesses: replace them with what your metrics say.

start: 2026-03-02 # times are UTC
duration: 24h`

const SERVER = `# The command of web does not tell its server: ${SERVER_NAMES.join(', ')}.
server: { name: puma, workers: 2, threads: 5 }`

const SCHEDULER = `# What the Scheduler add-on runs, and how long that takes.
scheduler:
  - { command: rake daily, every: 1d, at: "03:00" } # every: 10m, 1h or 1d
tasks:
  - { command: rake daily, service: 5m, cpu: 0.5 }`

const EVENTS = `# What is done to the app meanwhile.
# events:
#   - { at: "10:00", deploy: "1f3a9c2" }
#   - { at: "15:00", crash: web.1 }
#   - { at: "18:00", scale: { web: 2 } }
`

function rateSection(): string {
  const corners = defaultRate(DAY_MS).map(({ atMs, perSecond }) => {
    const hour = String(atMs / 3_600_000).padStart(2, '0')
    return `    - { at: "${hour}:00", per_second: ${perSecond.toFixed(1)} }`
  })
  return `# Requests over the day; between two corners the rate changes linearly.
workload:
  rate:
${corners.join('\n')}
  # spikes:
  #   - { at: "12:00", for: 10m, times: 4 }`
}

function endpointSection(attachments: readonly Attachment[], jobs: readonly DraftJob[]): string {
  const callable = attachments.filter(({ model }) => model.service !== 'scheduler')
  const calls = callable.map(({ name }) => `${quoted(name)}: 3`).join(', ')
  const enqueues = jobs.map(({ name }) => `${name}: 0.1`).join(', ')
  return [
    '# What visitors ask for. `service` is the time of one request on an idle dyno, `cpu` the share',
    '# of it that computes; the calls take the rest.',
    'endpoints:',
    '  - path: /',
    '    service: { median: 80ms, p95: 400ms }',
    '    cpu: 0.6',
    ...(calls === '' ? [] : [`    calls: { ${calls} } # operations`]),
    '    bytes: 12000',
    ...(enqueues === '' ? [] : [`    enqueues: { ${enqueues} } # jobs per request`]),
  ].join('\n')
}

/** One job for each library that the app has workers for, on the first queue that they serve. */
function jobsOf(formation: readonly DescribedProcess[]): readonly DraftJob[] {
  return (['delayed_job', 'resque'] as const).flatMap((library) => {
    const worker = formation.find(({ description }) => description.type === library)
    if (worker === undefined || !('queues' in worker.description)) return []
    const queue = worker.description.queues.find((name) => name !== '*') ?? 'default'
    return [{ name: library === 'resque' ? 'ResqueJob' : 'DelayedJob', library, queue }]
  })
}

function jobSections(
  formation: readonly DescribedProcess[],
  jobs: readonly DraftJob[],
): readonly string[] {
  const [first] = jobs
  if (first === undefined) return []
  const entries = jobs.map(({ name, library, queue }) =>
    [
      `  - name: ${name}`,
      `    library: ${library}`,
      `    queue: ${quoted(queue)}`,
      '    service: { median: 500ms, p95: 2s }',
      '    cpu: 0.6',
    ].join('\n'),
  )
  const section = `# Background jobs; \`service\` is the time of one attempt.\njobs:\n${entries.join('\n')}`
  const hasClock = formation.some(({ description }) => description.type === 'clock')
  if (!hasClock) return [section]
  return [section, `# What the clock enqueues.\nclock:\n  - { job: ${first.name}, every: 10m }`]
}

function quoted(name: string): string {
  return /^[A-Za-z][A-Za-z0-9_-]*$/.test(name) ? name : JSON.stringify(name)
}
