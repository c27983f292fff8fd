import type { LessonRun } from './dyno-lesson.js'

/** A change of the median service time below this share is called none. */
const SAME = 0.05

/** From this share on, work for clients that have gone is worth a sentence. */
const LATE_MIN = 0.1

/** A run in which a smaller share of the requests fails serves its users well. */
const FAILED_MAX = 0.001

/** What the runs show, in sentences that follow from their figures. */
export function lessonWords(runs: readonly LessonRun[]): readonly string[] {
  const [first] = runs
  const last = runs.at(-1)
  if (first === undefined || last === undefined) return []
  const words = [performanceWords(first, last, runs), scalabilityWords(first, last, runs)]
  const latest = runs.reduce((worst, run) => (run.late > worst.late ? run : worst), first)
  return latest.late < LATE_MIN ? words : [...words, lateWords(latest)]
}

function performanceWords(first: LessonRun, last: LessonRun, runs: readonly LessonRun[]): string {
  const medians = runs.map(({ serviceP50Ms }) => serviceP50Ms)
  const spread = Math.max(...medians) / Math.min(...medians) - 1
  const verdict =
    spread < SAME
      ? 'More dynos do not make a request faster.'
      : `It differs by ${percent(spread)} between the runs.`
  return `Performance, how fast one request is served: the median is ${time(first.serviceP50Ms)} on ${dynos(first)}, ${time(last.serviceP50Ms)} on ${dynos(last)}. ${verdict}`
}

function scalabilityWords(first: LessonRun, last: LessonRun, runs: readonly LessonRun[]): string {
  const served = `${goodput(first)}, ${goodput(last)}`
  const enough = runs.find(({ failed }) => failed < FAILED_MAX)
  const verdict = enough === undefined ? 'None of them is enough.' : priceWords(enough, last)
  return `Scalability, how many users are served well: ${served}. ${verdict}`
}

function priceWords(enough: LessonRun, last: LessonRun): string {
  const queue = `95 % of requests queue less than ${time(enough.queueP95Ms)}`
  const price = `$${enough.usdPerMonth} a month`
  if (enough === last) return `Only ${dynos(last)} serve this load; ${queue}, for ${price}.`
  return `${dynos(enough)} are the fewest that serve this load: ${queue}, for ${price}. On ${dynos(last)} it is ${time(last.queueP95Ms)}, for $${last.usdPerMonth}; they are busy ${percent(last.utilization)} of the time.`
}

function goodput(run: LessonRun): string {
  return `on ${dynos(run)} ${run.servedPerSecond.toFixed(1)} requests a second are served and ${percent(run.failed)} fail`
}

function lateWords(run: LessonRun): string {
  return `On ${dynos(run)} ${percent(run.late)} of what was finished came too late: the router had given its client an error, and the dyno did not know.`
}

/** A duration for people: `63 ms`, `1.24 s`, `30.0 s`. */
export function time(ms: number): string {
  if (ms < 999.5) return `${Math.round(ms)} ms`
  return `${(ms / 1000).toPrecision(3)} s`
}

/** A share for people: `0.2 %`, `38 %`. */
export function percent(share: number): string {
  const value = share * 100
  return `${value === 0 || value >= 9.95 ? value.toFixed(0) : value.toFixed(1)} %`
}

function dynos({ dynos }: LessonRun): string {
  return dynos === 1 ? '1 dyno' : `${dynos} dynos`
}
