import { findAddOn, scheduler } from '@celadon/addons'
import type { AddOnModel } from '@celadon/contracts'
import type { Attachment } from '../app.js'
import type { AppFiles } from './app-files.js'
import type { SchedulerEntry } from './celadon-yml.js'

/** The add-ons of an app that have a model, in the order of `app.json`. */
export function readAttachments(files: AppFiles): readonly Attachment[] {
  const { appJson, assumptions, celadonYml, problems } = files
  const attachments: Attachment[] = []
  for (const [index, { service, plan, as }] of (appJson.content.addons ?? []).entries()) {
    const model = modelOf(service, celadonYml.content.scheduler ?? [])
    const name = as ?? service
    if (attachments.some((attachment) => attachment.name === name)) {
      const predicate = `is a second ${name}; give it a name: { "plan": …, "as": … }`
      problems.addAt(appJson.document, ['addons', index], predicate)
    } else if (model === undefined) {
      assumptions.push(`The add-on ${service} is not modelled: no calls, no cost.`)
    } else {
      const planName = plan ?? Object.keys(model.plans)[0] ?? ''
      if (plan === undefined) assumptions.push(`${name} has the plan ${planName}, its first one.`)
      attachments.push({ name, model, plan: planName })
    }
  }
  const hasScheduler = attachments.some(({ model }) => model.service === 'scheduler')
  if (celadonYml.content.scheduler !== undefined && !hasScheduler) {
    const predicate = 'needs the add-on scheduler in app.json: "addons": ["scheduler:standard"]'
    problems.addAt(celadonYml.document, ['scheduler'], predicate, 'key')
  }
  return attachments
}

function modelOf(service: string, jobs: readonly SchedulerEntry[]): AddOnModel | undefined {
  if (service !== 'scheduler') return findAddOn(service)
  return scheduler({
    jobs: jobs.map(({ command, every, at }) => ({
      command,
      everyMs: every,
      ...(at === undefined ? {} : { atMs: at }),
    })),
  })
}
