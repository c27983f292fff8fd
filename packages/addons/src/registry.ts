import type { AddOnModel } from '@celadon/contracts'
import { memcachier } from './memcachier.js'
import { postgres } from './postgres.js'
import { redis } from './redis.js'
import { scheduler } from './scheduler.js'

/** The built-in add-ons with their default options, for files that name add-ons. */
export const ADD_ON_MODELS: readonly AddOnModel[] = [postgres(), redis(), memcachier(), scheduler()]

/** The built-in add-on of this service, for example `heroku-postgresql`; undefined if there is none. */
export function findAddOn(service: string): AddOnModel | undefined {
  return ADD_ON_MODELS.find((model) => model.service === service)
}
