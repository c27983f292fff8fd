import type { AttachedAddOn } from '@celadon/addons'
import type { DynoGroup } from '@celadon/dyno-manifold'
import type { CostItem } from './result.js'

const HOUR_MS = 3_600_000
/** Heroku prorates monthly prices to the second; a month counts as 720 hours. */
const HOURS_PER_MONTH = 720

/** What the dynos and add-ons of a run cost up to now. */
export function costItems(
  types: readonly DynoGroup[],
  addOns: readonly AttachedAddOn[],
  nowMs: number,
): readonly CostItem[] {
  const dynos = types.map((type) => {
    const hours = type.statistics.quantity.integral(nowMs) / HOUR_MS
    return item(`${type.name}: ${type.size.name}`, hours, type.size.usdPerHour)
  })
  const services = addOns.map(({ model, planName, plan }) =>
    item(`${model.service}:${planName}`, nowMs / HOUR_MS, plan.usdPerMonth / HOURS_PER_MONTH),
  )
  return [...dynos, ...services]
}

function item(what: string, hours: number, usdPerHour: number): CostItem {
  return {
    what,
    hours: Math.round(hours * 100) / 100,
    usd: Math.round(hours * usdPerHour * 10_000) / 10_000,
  }
}
