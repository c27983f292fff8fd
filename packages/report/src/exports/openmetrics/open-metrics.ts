import type { RunResult } from '@celadon/platform'
import { startEpochMs } from '../../period.js'
import { customFamilies } from './custom-families.js'
import { pageFamilies } from './page-families.js'
import { processFamilies } from './process-families.js'
import { requestFamilies } from './request-families.js'
import { runFamilies } from './run-families.js'
import { familiesText } from './text.js'

/**
 * The result as OpenMetrics 1.0 text, to be read by Prometheus
 * (`promtool tsdb create-blocks-from openmetrics`) and whatever understands its format.
 *
 * Every sample has a time stamp, in calendar time; what belongs to an interval is stamped with the
 * interval's end. Names begin with `celadon_` and end in a base unit, every sample carries the label
 * `app`. An interval without requests has no quantiles, a family without samples is left out. Equal
 * results give equal bytes.
 *
 * @throws `REPORT_START_INVALID` when `app.startedAt` is no UTC time like `2026-03-02T00:00:00Z`
 */
export function openMetrics(result: RunResult): string {
  return familiesText(
    [
      ...runFamilies(result),
      ...requestFamilies(result),
      ...pageFamilies(result),
      ...processFamilies(result),
      ...customFamilies(result),
    ],
    { app: result.app.name, epochMs: startEpochMs(result.app) },
  )
}
