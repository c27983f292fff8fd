/**
 * Codes of the errors that the platform throws.
 *
 * - `PLATFORM_JOB_UNKNOWN`: a job was enqueued that the app does not describe.
 * - `PLATFORM_ADD_ON_UNKNOWN`: work calls an add-on that is not attached.
 * - `PLATFORM_APP_INVALID`: the description of the app contradicts itself.
 */
export type PlatformErrorCode =
  | 'PLATFORM_JOB_UNKNOWN'
  | 'PLATFORM_ADD_ON_UNKNOWN'
  | 'PLATFORM_APP_INVALID'
