import { type Formation, formation, quantities } from './formation.js'
import { PhraseBook, type Texts } from './phrase-book.js'
import { any, list, number, type Template, word, words } from './template.js'

/** Code was deployed. */
export interface DeployMessage {
  readonly type: 'deploy'
  /** Short hash of the commit. */
  readonly description: string
  readonly user: string
}

/** A release was made, by a deploy, a config var or an add-on. */
export interface ReleaseMessage {
  readonly type: 'release'
  readonly version: number
  readonly user: string
}

/** The release phase of a release begins. */
export interface ReleaseCommandMessage {
  readonly type: 'release-command'
  readonly version: number
  readonly user: string
}

/** The app goes back to what an earlier release was. */
export interface RollbackMessage {
  readonly type: 'rollback'
  readonly version: number
  readonly user: string
}

/** The formation was changed. */
export interface ScaleMessage {
  readonly type: 'scale'
  readonly formation: Formation
  readonly user: string
}

/** Config vars were set or removed. */
export interface ConfigVarsMessage {
  readonly type: 'config-vars'
  readonly change: 'set' | 'remove'
  readonly names: readonly string[]
  readonly user: string
}

/** Maintenance mode was switched. */
export interface MaintenanceMessage {
  readonly type: 'maintenance'
  readonly on: boolean
  readonly user: string
}

/** A one-off dyno was asked for; `scheduler@addons.heroku.com` is the Scheduler. */
export interface OneOffStartMessage {
  readonly type: 'one-off-start'
  readonly command: string
  readonly user: string
}

/** A build has begun. */
export interface BuildStartMessage {
  readonly type: 'build-start'
  readonly user: string
}

/** A build has made a slug. */
export interface BuildSuccessMessage {
  readonly type: 'build-success'
}

/** A build has failed. */
export interface BuildFailureMessage {
  readonly type: 'build-failure'
  /** Address of what it printed; null where the line tells none. */
  readonly output: string | null
}

/** How far the slug compiler is, until 2016. */
export interface SlugCompilationMessage {
  readonly type: 'slug-compilation'
  /** `started`, `finished` or `failed`. */
  readonly status: string
}

/** Whatever else somebody did: `Enable Logplex`, `Attach DATABASE (@ref:postgresql-flat-1)`. */
export interface ApiActionMessage {
  readonly type: 'api-action'
  readonly action: string
  readonly user: string
}

/** What the platform's API and its builds write about those who use them. */
export type ApiMessage =
  | DeployMessage
  | ReleaseMessage
  | ReleaseCommandMessage
  | RollbackMessage
  | ScaleMessage
  | ConfigVarsMessage
  | MaintenanceMessage
  | OneOffStartMessage
  | BuildStartMessage
  | BuildSuccessMessage
  | BuildFailureMessage
  | SlugCompilationMessage
  | ApiActionMessage

const USER = word('user')
const VERSION = number('version')
const NAMES = list('names')
const BY = words` by ${USER}`
const BY_USER = words` by user ${USER}`

/**
 * Sources: Heroku Dev Center, "Process Types and the Procfile" (2011 to 2014), "Releases"; public logs
 * of 2011 to 2025. How maintenance mode and the removal of config vars are worded is a guess, as is
 * that config vars were worded as in 2012 before that.
 */
export const API: PhraseBook<ApiMessage> = new PhraseBook<ApiMessage>()
  .add({ type: 'deploy' }, ...done(words`Deploy ${any('description')}`))
  .add({ type: 'release' }, ...done(words`Release v${VERSION} created`))
  .add({ type: 'release-command' }, ...done(words`Running release v${VERSION} commands`))
  .add({ type: 'rollback' }, ...done(words`Rollback to v${VERSION}`))
  .add(
    { type: 'scale' },
    ...done(words`Scale to ${quantities('formation')}`, words`Scaled to ${formation('formation')}`),
  )
  .add(
    { type: 'config-vars', change: 'set' },
    ...done(words`Config add ${NAMES}`, words`Set ${NAMES} config vars`),
  )
  .add(
    { type: 'config-vars', change: 'remove' },
    ...done(words`Config remove ${NAMES}`, words`Remove ${NAMES} config vars`),
  )
  .add(
    { type: 'maintenance', on: true },
    ...done(words`Enable maintenance mode`, words`Maintenance mode on`),
  )
  .add(
    { type: 'maintenance', on: false },
    ...done(words`Disable maintenance mode`, words`Maintenance mode off`),
  )
  .add(
    { type: 'one-off-start' },
    ...done(words`Starting process with command \`${any('command')}\``),
  )
  .add({ type: 'build-start' }, words`Build started`.append(BY_USER))
  .add({ type: 'build-success' }, words`Build succeeded`)
  .add({ type: 'build-failure', output: null }, words`Build failed`)
  .add({ type: 'build-failure' }, words`Build failed -- check your build output: ${any('output')}`)
  .add({ type: 'slug-compilation' }, words`Slug compilation ${word('status')}`)
  .add({ type: 'api-action' }, ...done(words`${any('action')}`))

/**
 * Who did something stands at the end: `by` until 2015, `by user` since. Words and ends of different
 * years are understood together: those of config vars changed two years before.
 */
function done(early: Template, today: Template = early): readonly [Texts, readonly Template[]] {
  const texts = { 'bamboo-2010': early.append(BY), 'common-runtime-2019': today.append(BY_USER) }
  return [texts, [today.append(BY), early.append(BY_USER)]]
}
