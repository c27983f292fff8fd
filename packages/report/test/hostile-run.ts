import type { RunResult } from '@celadon/platform'
import { exampleDay } from './example-day.js'

/** Every kind of text in the result is this: it ends elements, attributes and comments. */
export const HOSTILE_NAME = `</script><script>alert(1)</script><!--"'><img src=x onerror=alert(2)>`

/** A day in which all names are hostile. */
export function hostileRun(): RunResult {
  const day = exampleDay()
  const { series } = day
  const column = series.arrivalsPerSecond
  return {
    ...day,
    app: { ...day.app, name: HOSTILE_NAME, generation: HOSTILE_NAME, seed: HOSTILE_NAME },
    requests: { ...day.requests, byCode: { [HOSTILE_NAME]: 1 }, byStatus: { [HOSTILE_NAME]: 1 } },
    processes: day.processes.map((process) => ({
      ...process,
      type: HOSTILE_NAME,
      program: HOSTILE_NAME,
      size: HOSTILE_NAME,
      byCode: { [HOSTILE_NAME]: 1 },
    })),
    jobs: day.jobs.map((job) => ({ ...job, queue: HOSTILE_NAME })),
    addOns: day.addOns.map((addOn) => ({
      ...addOn,
      attachment: HOSTILE_NAME,
      service: HOSTILE_NAME,
      plan: HOSTILE_NAME,
      gauges: { [HOSTILE_NAME]: 1 },
      gaugesMax: { [HOSTILE_NAME]: 1 },
    })),
    cost: { ...day.cost, items: [{ what: HOSTILE_NAME, hours: 1, usd: 1 }] },
    series: {
      ...series,
      byCode: { [HOSTILE_NAME]: column },
      dynosUp: { [HOSTILE_NAME]: column },
      memoryMb: { [HOSTILE_NAME]: column },
      utilization: { [HOSTILE_NAME]: column },
      jobsWaiting: { [HOSTILE_NAME]: column },
      jobsDone: { [HOSTILE_NAME]: column },
    },
    marks: day.marks.map((mark) => ({ ...mark, label: HOSTILE_NAME })),
    assumptions: [HOSTILE_NAME],
  }
}
