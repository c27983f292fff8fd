import type { ConfigVars } from '@celadon/contracts'
import type { App } from '../app.js'
import { routerInstances } from '../check-app.js'
import { readAlerts } from './alerts.js'
import { type AppFiles, readAppFiles } from './app-files.js'
import { readAttachments } from './attachments.js'
import { readClients } from './clients.js'
import { readDynos } from './dynos.js'
import { readFormation } from './formation.js'
import { readLogs } from './logs.js'
import { readEvents } from './planned-events.js'
import { type ReadFile, readRequestRate } from './request-rate.js'
import { readRouting } from './routing.js'
import type { SourceFile } from './source-file.js'
import { WorkReader } from './work.js'

/** The files that describe an app. Only the Procfile is needed. */
export interface AppSources {
  readonly procfile?: SourceFile | undefined
  readonly appJson?: SourceFile | undefined
  readonly celadonYml?: SourceFile | undefined
  /** Gets the CSV file that `workload.trace` names. Default: no trace can be read. */
  readonly readFile?: ReadFile
}

/** What goes before or stands in for the files. */
export interface ReadAppOptions {
  /** Name of the app when `app.json` has none, such as that of its folder. Default: `app`. */
  readonly name?: string | undefined
  /** Goes before the seed of `celadon.yml`. Default of both: `1`. */
  readonly seed?: string | undefined
  /** Goes before the duration of `celadon.yml`, in milliseconds. Default of both: 24 hours. */
  readonly durationMs?: number | undefined
}

const DEFAULT_DURATION_MS = 86_400_000

/**
 * Makes an app of a Heroku app's own files and of `celadon.yml`. What they leave open is filled in
 * and told in `App.assumptions`.
 *
 * @throws InputError with everything that is wrong, first in each file by itself; once each is in
 *   order, in how they fit together
 */
export function readApp(sources: AppSources, options: ReadAppOptions = {}): App {
  const files = readAppFiles(sources.procfile, sources.appJson, sources.celadonYml)
  const { appJson, celadonYml, procfile } = files
  const {
    generation = 'router-2.0',
    seed = 1,
    duration,
    router,
    dynos,
    workload = {},
    alerts,
    logs,
  } = celadonYml.content
  const durationMs = options.durationMs ?? duration ?? DEFAULT_DURATION_MS
  const configVars = readConfigVars(files)
  const formation = readFormation(files, { generation, configVars })
  const types = formation.map(({ type }) => type)
  const addOns = readAttachments(files)
  const work = new WorkReader(files, addOns)
  const rate = readRequestRate(files, durationMs, sources.readFile)
  const routing = readRouting(router ?? {})
  const app: App = {
    name: appName(appJson.content.name ?? options.name ?? ''),
    seed: options.seed ?? String(seed),
    epochMs: rate.startMs,
    durationMs,
    generation,
    routing,
    ...(dynos === undefined ? {} : { dynos: readDynos(dynos) }),
    formation: Object.fromEntries(formation.map(({ type, process }) => [type, process])),
    addOns,
    configVars,
    jobs: work.jobs(formation),
    tasks: work.tasks(),
    releaseCommand: procfile.entries.find(({ type }) => type === 'release')?.command ?? null,
    workload: {
      rate: rate.points,
      endpoints: work.endpoints(),
      ...readClients(workload, durationMs),
    },
    events: readEvents(files, types, routerInstances({ generation, routing })),
    ...(alerts === undefined ? {} : { alerts: readAlerts(alerts) }),
    ...(logs === undefined ? {} : { logs: readLogs(logs, files) }),
    assumptions: files.assumptions,
  }
  files.problems.throwIfAny()
  return app
}

/** A name as Heroku allows it, in host names and logs: `Tea & Pots` is `tea-pots`. */
function appName(text: string): string {
  const name = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 30)
    .replace(/^[-0-9]+|-+$/g, '')
  return name === '' ? 'app' : name
}

/** Config vars of `app.json` that have a value. */
function readConfigVars({ appJson }: AppFiles): ConfigVars {
  return Object.fromEntries(
    Object.entries(appJson.content.env ?? {}).flatMap(([name, value]) =>
      value === null ? [] : [[name, value]],
    ),
  )
}
