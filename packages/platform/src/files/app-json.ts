import { ADD_ON_MODELS, findAddOn } from '@celadon/addons'
import * as z from 'zod'
import type { SourceDocument } from './document.js'
import { SIZE_NAMES } from './dyno-size.js'
import type { Problems } from './problems.js'
import { PREDICATE, readAs } from './schema.js'
import { acceptedWords, closestWord } from './suggestion.js'
import { name, quantity } from './values.js'

/** What `app.json` says, as far as a run needs it. */
export interface AppJson {
  readonly name?: string | undefined
  readonly formation?: Readonly<Record<string, FormationEntry>> | undefined
  readonly addons?: readonly AddOnEntry[] | undefined
  readonly env?: Readonly<Record<string, string | null>> | undefined
}

export interface FormationEntry {
  readonly quantity?: number | undefined
  /** One of `SIZE_NAMES`. */
  readonly size?: string | undefined
}

export interface AddOnEntry {
  /** Name for `heroku addons:create`, for example `heroku-postgresql`. */
  readonly service: string
  /** Undefined: the default plan. */
  readonly plan: string | undefined
  /** Name of the attachment, when it has one of its own. */
  readonly as: string | undefined
}

/** What a run has no use for. */
const ignored = z.unknown().optional()

const size = z.string({ error: () => SIZE_NAMES.join(', ') }).transform((text, context) => {
  // Heroku itself prints `Standard-1X` and takes any case.
  const sizeName = text.toLowerCase()
  if (SIZE_NAMES.includes(sizeName)) return sizeName
  const message = `is ${JSON.stringify(text)}; ${acceptedWords(text, SIZE_NAMES)}`
  context.addIssue({ code: 'custom', message, params: PREDICATE })
  return z.NEVER
})

const planText = z
  .string({ error: 'text such as "heroku-postgresql:standard-0"' })
  .transform((text, context) => {
    const [service = '', plan] = text.split(':')
    const problem = planProblem(service, plan)
    if (problem !== null) {
      context.addIssue({ code: 'custom', message: `is "${text}"; ${problem}`, params: PREDICATE })
      return z.NEVER
    }
    return { service, plan }
  })

const addOn = z.union(
  [
    planText.transform((parts): AddOnEntry => ({ ...parts, as: undefined })),
    z
      .strictObject({ plan: planText, as: name.optional(), options: ignored })
      .transform(({ plan, as }): AddOnEntry => ({ ...plan, as })),
  ],
  { error: 'text such as "heroku-postgresql:standard-0", or { plan, as }' },
)

const variable = z.union(
  [
    z.string(),
    z
      .strictObject({
        description: ignored,
        value: z.string().optional(),
        required: z.boolean().optional(),
        generator: z.literal('secret').optional(),
      })
      .transform(({ value }) => value ?? null),
  ],
  { error: 'text, or { description, value, required, generator }' },
)

/** Heroku Dev Center, "app.json Schema" (2014 and 2024). Keys of no use to a run pass unread. */
const schema: z.ZodType<AppJson> = z.strictObject({
  name: z.string({ error: 'text of 1 to 30 characters' }).min(1).max(30).optional(),
  description: ignored,
  keywords: ignored,
  website: ignored,
  repository: ignored,
  logo: ignored,
  success_url: ignored,
  scripts: ignored,
  env: z.record(z.string(), variable).optional(),
  formation: z
    .record(
      z.string(),
      z.strictObject({
        quantity: quantity.optional(),
        size: size.optional(),
      }),
    )
    .optional(),
  addons: z.array(addOn).optional(),
  buildpacks: ignored,
  environments: ignored,
  image: ignored,
  stack: ignored,
})

/** Reads the content of an `app.json`. */
export function readAppJson(document: SourceDocument, problems: Problems): AppJson | null {
  return readAs(schema, document, problems)
}

/** Why `heroku addons:create SERVICE:PLAN` would fail; null when it would not, as far as is known. */
function planProblem(service: string, plan: string | undefined): string | null {
  const model = findAddOn(service)
  if (model !== undefined) {
    const plans = Object.keys(model.plans)
    if (plan === undefined || plans.includes(plan)) return null
    return acceptedWords(plan, plans)
  }
  // Hundreds of add-ons exist that have no model here; only what looks like a slip is refused.
  const services = ADD_ON_MODELS.map((model) => model.service)
  const meant = closestWord(service, services)
  return meant === null ? null : acceptedWords(service, services)
}
