/**
 * Codes of the errors that the platform throws.
 *
 * - `PLATFORM_JOB_UNKNOWN`: a job was enqueued that the app does not describe.
 * - `PLATFORM_NOT_WATCHED`: a monitor was asked for a result before it watched anything.
 * - `PLATFORM_APP_INVALID`: the description of the app contradicts itself.
 * - `PLATFORM_INPUT_INVALID`: the files of an app cannot be used; an `InputError` lists why.
 */
export type PlatformErrorCode =
  | 'PLATFORM_JOB_UNKNOWN'
  | 'PLATFORM_NOT_WATCHED'
  | 'PLATFORM_APP_INVALID'
  | 'PLATFORM_INPUT_INVALID'
