import type { PlannedEvent } from '../app.js'
import type { AppFiles } from './app-files.js'
import type { EventEntry } from './celadon-yml.js'

/** What is done to the app during the run, in the order of the file. */
export function readEvents(files: AppFiles, types: readonly string[]): readonly PlannedEvent[] {
  const { document, content } = files.celadonYml
  return (content.events ?? []).flatMap((entry, index) => {
    const [crashedType = ''] = entry.crash?.split('.') ?? []
    if (entry.crash !== undefined && !types.includes(crashedType)) {
      files.problems.addUnknownWord(
        document,
        ['events', index, 'crash'],
        types.map((type) => `${type}.1`),
      )
    }
    for (const type of Object.keys(entry.scale ?? {})) {
      if (types.includes(type)) continue
      const path = ['events', index, 'scale', type]
      files.problems.addUnknownKey(document, path, 'process type', types)
    }
    return eventsOf(entry)
  })
}

function eventsOf({ at, deploy, crash, scale = {}, restart }: EventEntry): PlannedEvent[] {
  if (deploy !== undefined) return [{ type: 'deploy', atMs: at, description: deploy }]
  if (crash !== undefined) return [{ type: 'crash', atMs: at, dyno: crash }]
  if (restart !== undefined) return [{ type: 'restart', atMs: at }]
  return Object.entries(scale).map(([process, quantity]) => ({
    type: 'scale',
    atMs: at,
    process,
    quantity,
  }))
}
