import type { RatePoint } from '@celadon/kernel'
import type { AppFiles } from './app-files.js'
import type { SourceFile } from './source-file.js'
import { readTrace, type Trace, traceRate } from './trace.js'
import { DEFAULT_RATE_PER_SECOND, defaultRate, repeatDaily, withSpikes } from './traffic.js'

/**
 * Gets a file that `celadon.yml` names, by the path that stands there. When there is none, `problem`
 * says why in words that follow "which", for example `does not exist`.
 */
export type ReadFile = (path: string) => SourceFile | { readonly problem: string }

/** Requests that arrive by themselves, and the calendar day on which it begins when its times are dates. */
export interface RequestRate {
  /** None where there are users who wait for their answers. */
  readonly points: readonly RatePoint[]
  readonly startMs: number
}

const DAY_MS = 86_400_000

/** Most requests a second that a run takes on. */
const RATE_MAX_PER_SECOND = 1_000_000

/** Monday, 2 March 2026: a day without a holiday, in a week without a change of clocks. */
const DEFAULT_START_MS = 1_772_409_600_000

/** Reads how many requests come when. */
export function readRequestRate(
  files: AppFiles,
  durationMs: number,
  readFile: ReadFile | undefined,
): RequestRate {
  const { document, content } = files.celadonYml
  const { workload } = content
  const trace = workload?.trace === undefined ? null : traceOf(workload.trace, files, readFile)
  const startMs = content.start ?? firstDay(trace) ?? DEFAULT_START_MS
  if (workload?.users !== undefined) return { points: [], startMs }
  const rate = trace === null ? dayRate(workload?.rate, durationMs) : traceRate(trace, startMs)
  if (workload === undefined) {
    files.assumptions.push(
      `The traffic is a day curve of ${DEFAULT_RATE_PER_SECOND} requests a second on average: celadon.yml has no workload.`,
    )
  }
  const points = withSpikes(rate, workload?.spikes ?? [])
  const peak = points.reduce((most, { perSecond }) => Math.max(most, perSecond), 0)
  if (peak > RATE_MAX_PER_SECOND) {
    const predicate = `peaks at ${peak} requests a second; accepted: at most ${RATE_MAX_PER_SECOND}`
    files.problems.addAt(document, ['workload'], predicate, 'key')
  }
  const lastMs = points.at(-1)?.atMs ?? 0
  if (trace !== null && (lastMs <= 0 || (points[0]?.atMs ?? 0) >= durationMs)) {
    const predicate = 'is a trace of another time than that of the run; see start and duration'
    files.problems.addAt(document, ['workload', 'trace'], predicate)
  }
  return { points, startMs }
}

function dayRate(rate: readonly RatePoint[] | undefined, durationMs: number): RatePoint[] {
  return rate === undefined ? defaultRate(durationMs) : repeatDaily(rate, durationMs)
}

function traceOf(path: string, files: AppFiles, readFile: ReadFile | undefined): Trace | null {
  const { problems, celadonYml } = files
  const file = readFile?.(path) ?? { problem: 'cannot be read here' }
  if ('text' in file) return readTrace(file, problems)
  const predicate = `is ${JSON.stringify(path)}, which ${file.problem}`
  problems.addAt(celadonYml.document, ['workload', 'trace'], predicate)
  return null
}

function firstDay(trace: Trace | null): number | undefined {
  const firstMs = trace?.timesMs[0]
  if (trace?.type !== 'calendar' || firstMs === undefined) return undefined
  return Math.floor(firstMs / DAY_MS) * DAY_MS
}
