import type { Distribution } from '@celadon/kernel'
import * as z from 'zod'
import { count, name, serviceTime, share } from './values.js'

/** What a request, a job or a one-off command does. */
export interface WorkEntry {
  readonly service: Distribution
  readonly cpu?: number | undefined
  readonly calls?: Readonly<Record<string, number>> | undefined
}

/** The keys of {@link WorkEntry}. */
export const work: { readonly [Key in keyof WorkEntry]-?: z.ZodType<WorkEntry[Key]> } = {
  service: serviceTime.meta({ description: 'Time it takes with nobody else in the way.' }),
  cpu: share.optional().meta({ description: 'Share of the service time on the CPU, 0 to 1.' }),
  calls: z
    .record(name, count)
    .optional()
    .meta({ description: 'Operations by add-on: they take the rest of the service time.' }),
}
