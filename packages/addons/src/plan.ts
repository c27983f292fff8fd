import type { AddOnModel, AddOnPlan } from '@celadon/contracts'
import { addOnsError } from './errors.js'

/**
 * The plan of this name.
 *
 * @throws `ADDONS_PLAN_UNKNOWN` with the names that would be accepted
 */
export function resolvePlan<Plan extends AddOnPlan>(
  model: AddOnModel<Plan>,
  planName: string,
): Plan {
  const plan = Object.hasOwn(model.plans, planName) ? model.plans[planName] : undefined
  if (plan !== undefined) return plan
  throw addOnsError(
    'ADDONS_PLAN_UNKNOWN',
    `${model.service} has no plan '${planName}'. Its plans: ${Object.keys(model.plans).join(', ')}.`,
  )
}

/** Name of the plan that is taken when none is named: the model's first. */
export function defaultPlanName(model: AddOnModel): string {
  return Object.keys(model.plans)[0] ?? ''
}
