import { CeladonError } from '@celadon/kernel'
import { routerSettings } from '@celadon/router'
import type { App } from './app.js'
import type { PlatformErrorCode } from './errors.js'
import { ruleProblems } from './metrics/alert-rule.js'
import { PLACEHOLDERS, unknownPlaceholders } from './printed-line.js'

/**
 * Looks for contradictions in an app: a step that calls an add-on which is not attached, a job that
 * is enqueued but not described, a placeholder that stands for nothing, an event about a process type
 * or a router that does not exist, an alert that could never be right, two kinds of traffic.
 *
 * @throws `PLATFORM_APP_INVALID` that names all of them
 */
export function checkApp(app: App): void {
  const problems = [
    ...addOnProblems(app),
    ...jobProblems(app),
    ...lineProblems(app),
    ...eventProblems(app),
    ...(app.alerts ?? []).flatMap(ruleProblems),
  ]
  if (app.formation['web'] === undefined) problems.push('the formation has no process type web')
  if (app.workload.users !== undefined && app.workload.rate.length > 0) {
    problems.push('the workload has a rate and users; accepted: one of them')
  }
  if (!(app.durationMs > 0)) problems.push(`durationMs is ${app.durationMs}; it must be above 0`)
  if (problems.length === 0) return
  throw new CeladonError<PlatformErrorCode>(
    'PLATFORM_APP_INVALID',
    `The app ${app.name} cannot run: ${problems.join('; ')}.`,
  )
}

function addOnProblems(app: App): string[] {
  const attached = new Set(app.addOns.map(({ name }) => name))
  const described = [
    ...app.workload.endpoints.map(({ path, steps }) => ({ what: `endpoint ${path}`, steps })),
    ...app.jobs.map(({ name, steps }) => ({ what: `job ${name}`, steps })),
    ...app.tasks.map(({ command, steps }) => ({ what: `task "${command}"`, steps })),
  ]
  return described.flatMap(({ what, steps }) =>
    steps.flatMap((step) =>
      step.type === 'call' && !attached.has(step.addOn)
        ? [`${what} calls ${step.addOn}, which is not attached`]
        : [],
    ),
  )
}

function jobProblems(app: App): string[] {
  const known = new Set(app.jobs.map(({ name }) => name))
  return app.workload.endpoints.flatMap(({ path, enqueues }) =>
    Object.keys(enqueues).flatMap((job) =>
      known.has(job) ? [] : [`endpoint ${path} enqueues ${job}, which is not described`],
    ),
  )
}

function lineProblems(app: App): string[] {
  return app.workload.endpoints.flatMap(({ path, prints = [] }) =>
    prints
      .flatMap(unknownPlaceholders)
      .map(
        (name) =>
          `endpoint ${path} prints {${name}}; accepted placeholders: ${PLACEHOLDERS.join(', ')}`,
      ),
  )
}

function eventProblems(app: App): string[] {
  return app.events.flatMap((event) => {
    if (!(event.atMs >= 0)) return [`an event of type ${event.type} is at ${event.atMs} ms`]
    switch (event.type) {
      case 'restart-router':
        return routerProblems(app, event.instance)
      case 'scale':
        return isInFormation(app, event.process)
          ? []
          : [`an event scales ${event.process}, which is not in the formation`]
      case 'crash':
      case 'fail-host':
        return isInFormation(app, event.dyno.split('.')[0] ?? '')
          ? []
          : [`an event of type ${event.type} is about ${event.dyno}, which is not in the formation`]
      default:
        return []
    }
  })
}

function routerProblems(app: App, instance: number): string[] {
  const routers = routerInstances(app)
  if (Number.isInteger(instance) && instance >= 0 && instance < routers) return []
  return [`an event restarts router ${instance}; there are ${routers}, from 0 on`]
}

function isInFormation({ formation }: App, type: string): boolean {
  return Object.hasOwn(formation, type)
}

/** How many routers the mesh in front of an app has. */
export function routerInstances({
  generation,
  routing,
}: Pick<App, 'generation' | 'routing'>): number {
  return routerSettings(generation, routing?.policy?.settings, routing?.settings).instances
}
