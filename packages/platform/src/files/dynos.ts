import type { Distribution } from '@celadon/kernel'
import * as z from 'zod'
import type { DynoTreatment } from '../app.js'
import { amount, duration, machines, positiveShare, serviceTime } from './values.js'

/** `dynos` of `celadon.yml`, with times in milliseconds. */
export interface DynosEntry {
  readonly deploys?: 'at-once' | 'preboot' | 'rolling' | undefined
  readonly hosts?: number | undefined
  readonly host_mtbf?: number | undefined
  readonly neighbours?:
    | { readonly busy: Distribution; readonly quiet: Distribution; readonly cores_left: number }
    | undefined
  readonly swap_speed?: number | undefined
}

/** Hosts that fail more often are none. */
function atLeastAMinute({ value, issues }: z.core.ParsePayload<number>): void {
  if (value >= 60_000) return
  issues.push({ code: 'custom', message: 'a duration of 1m or more', input: value })
}

export const dynosEntry: z.ZodType<DynosEntry> = z.strictObject({
  deploys: z
    .enum(['at-once', 'preboot', 'rolling'])
    .optional()
    .meta({ description: 'How a release replaces the dynos.' }),
  hosts: machines.optional().meta({ description: 'Hosts over which shared dynos are spread.' }),
  host_mtbf: duration
    .check(atLeastAMinute)
    .optional()
    .meta({ description: 'Mean time until a host fails.' }),
  neighbours: z
    .strictObject({ busy: serviceTime, quiet: serviceTime, cores_left: amount })
    .optional()
    .meta({
      description:
        'Other customers on shared hosts: lengths of their busy and quiet times, and the cores that a busy host leaves to the dynos of this app.',
    }),
  swap_speed: positiveShare
    .optional()
    .meta({ description: 'Speed of a dyno whose memory is over its quota.' }),
})

/** How dynos are treated, as far as `celadon.yml` says it; the generation decides the rest. */
export function readDynos(entry: DynosEntry): DynoTreatment {
  const { deploys, hosts, host_mtbf, neighbours, swap_speed } = entry
  return {
    ...(deploys === undefined ? {} : { deploys }),
    settings: {
      ...(hosts === undefined ? {} : { sharedHosts: hosts }),
      ...(host_mtbf === undefined ? {} : { hostMtbfMs: host_mtbf }),
      ...(swap_speed === undefined ? {} : { swapSpeed: swap_speed }),
      ...(neighbours === undefined
        ? {}
        : {
            neighbours: {
              busyMs: neighbours.busy,
              quietMs: neighbours.quiet,
              coresLeft: neighbours.cores_left,
            },
          }),
    },
  }
}
