/**
 * A period of the platform. It decides how the router chooses, queues and logs, and which limits
 * hold.
 *
 * - `bamboo-2010`: one request on a dyno at a time; the mesh queues the others, in one line for all.
 * - `cedar-2012`: random dyno at once, no router queue; the log prints `queue=` and `wait=`.
 * - `common-runtime-2019`: random dyno, a count of open requests per router, request ids in the log.
 * - `router-2.0`: as before, keep-alive to the dynos, today's log line. The default.
 */
export type Generation = 'bamboo-2010' | 'cedar-2012' | 'common-runtime-2019' | 'router-2.0'

/** All generations, oldest first. */
export const GENERATIONS: readonly Generation[] = [
  'bamboo-2010',
  'cedar-2012',
  'common-runtime-2019',
  'router-2.0',
]
