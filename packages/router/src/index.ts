export { randomChoice } from './policy.js'
export { createRouter, Router } from './router.js'
export { GENERATION_SETTINGS } from './settings.js'

export type { RouterErrorCode } from './errors.js'
export type { Candidate, Policy } from './policy.js'
export type { RouterOptions } from './router.js'
export type { RouterSettings } from './settings.js'
