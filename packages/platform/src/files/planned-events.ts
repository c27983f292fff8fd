import type { PlannedEvent } from '../app.js'
import type { AppFiles } from './app-files.js'
import type { EventEntry } from './event.js'

/**
 * What is done to the app during the run, in the order of the file.
 *
 * @param types process types of the app
 * @param routers instances in its routing mesh
 */
export function readEvents(
  files: AppFiles,
  types: readonly string[],
  routers: number,
): readonly PlannedEvent[] {
  const { document, content } = files.celadonYml
  return (content.events ?? []).flatMap((entry, index) => {
    for (const key of ['crash', 'fail_host'] as const) {
      const [type = ''] = entry[key]?.split('.') ?? []
      if (entry[key] === undefined || types.includes(type)) continue
      const dynos = types.map((known) => `${known}.1`)
      files.problems.addUnknownWord(document, ['events', index, key], dynos)
    }
    if (entry.restart_router !== undefined && entry.restart_router >= routers) {
      const predicate = `is ${entry.restart_router}; accepted: a whole number below ${routers}, the number of routers`
      files.problems.addAt(document, ['events', index, 'restart_router'], predicate)
    }
    for (const type of Object.keys(entry.scale ?? {})) {
      if (types.includes(type)) continue
      const path = ['events', index, 'scale', type]
      files.problems.addUnknownKey(document, path, 'process type', types)
    }
    return eventsOf(entry)
  })
}

function eventsOf(entry: EventEntry): PlannedEvent[] {
  const { at: atMs, deploy, crash, restart, scale = {}, maintenance } = entry
  if (deploy !== undefined) return [{ type: 'deploy', atMs, description: deploy }]
  if (crash !== undefined) return [{ type: 'crash', atMs, dyno: crash }]
  if (restart !== undefined) return [{ type: 'restart', atMs }]
  if (maintenance !== undefined) return [{ type: 'maintenance', atMs, on: maintenance === 'on' }]
  const { fail_host: host, restart_router: instance } = entry
  if (host !== undefined) return [{ type: 'fail-host', atMs, dyno: host }]
  if (instance !== undefined) return [{ type: 'restart-router', atMs, instance }]
  return Object.entries(scale).map(([process, quantity]) => ({
    type: 'scale',
    atMs,
    process,
    quantity,
  }))
}
