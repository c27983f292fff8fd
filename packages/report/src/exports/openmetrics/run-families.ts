import type { Alert, Mark, RunResult } from '@celadon/platform'
import { summary } from './columns.js'
import { byKey, counter, type Family, gauge, type Point } from './family.js'

const DRAIN_OUTCOMES = ['delivered', 'dropped', 'unconfirmed'] as const

/** What is known of the run as a whole, and what happened when. */
export function runFamilies({ app, addOns, log, cost, marks, metrics }: RunResult): Family[] {
  const atEnd = (value: number): Point[] => [{ atMs: app.durationMs, value }]
  const { generation, seed } = app
  return [
    {
      name: 'run',
      type: 'info',
      help: 'What was simulated.',
      samples: [{ suffix: '_info', labels: { generation, seed }, atMs: app.durationMs, value: 1 }],
    },
    {
      name: 'log_lines',
      type: 'counter',
      help: 'Lines that went through logplex.',
      samples: counter({}, atEnd(log.lines)),
    },
    {
      name: 'log_lines_refused',
      type: 'counter',
      help: 'Lines beyond the limit of the logging add-on, which logplex refused.',
      samples: counter({}, atEnd(log.refused)),
    },
    {
      name: 'drain_messages',
      type: 'counter',
      help: 'Messages that a drain was through with: delivered, dropped (L10) or unconfirmed.',
      samples: log.drains.flatMap(({ url, token, ...drain }) =>
        DRAIN_OUTCOMES.flatMap((outcome) =>
          counter({ drain: token, url, outcome }, atEnd(drain[outcome])),
        ),
      ),
    },
    {
      name: 'cost_dollars',
      type: 'gauge',
      unit: 'dollars',
      help: 'Cost of the simulated time in US dollars.',
      samples: cost.items.flatMap(({ what, usd }) => gauge({ item: what }, atEnd(usd))),
    },
    {
      name: 'addon_calls',
      type: 'counter',
      help: 'Calls of an add-on.',
      samples: addOns.flatMap(({ attachment, calls }) =>
        counter({ addon: attachment }, atEnd(calls)),
      ),
    },
    {
      name: 'addon_errors',
      type: 'counter',
      help: 'Calls of an add-on that failed.',
      samples: addOns.flatMap(({ attachment, errors }) =>
        counter({ addon: attachment }, atEnd(errors)),
      ),
    },
    {
      name: 'addon_call_seconds',
      type: 'summary',
      unit: 'seconds',
      help: 'Duration of the calls of an add-on over the whole run.',
      samples: addOns.flatMap(({ attachment, latency }) =>
        summary({ addon: attachment }, latency, app.durationMs),
      ),
    },
    {
      name: 'addon_gauge',
      type: 'gauge',
      help: 'What an add-on says of itself at the end of the run.',
      samples: addOns.flatMap(({ attachment, gauges }) =>
        byKey(gauges, (name, value) => gauge({ addon: attachment, name }, atEnd(value))),
      ),
    },
    {
      name: 'events',
      type: 'counter',
      help: 'Releases, crashes, restarts, scaling, faults, first errors and alerts, when they happened.',
      samples: byKey(
        groupBy(marks, ({ type }) => type),
        (type, group) => counter({ type }, ordinals(group)),
      ),
    },
    {
      name: 'alert_firing',
      type: 'gauge',
      help: 'Whether a threshold alert is raised: 1 from when it was, 0 from when it had ended.',
      samples: byKey(groupBy(metrics.alerts, alertKey), (_, group) =>
        group
          .slice(0, 1)
          .flatMap(({ type, threshold }) =>
            gauge({ type, threshold: String(threshold) }, states(group)),
          ),
      ),
    },
  ]
}

function groupBy<Value>(
  values: readonly Value[],
  keyOf: (value: Value) => string,
): Record<string, Value[]> {
  const groups = new Map<string, Value[]>()
  for (const value of values) {
    const key = keyOf(value)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [value])
    else group.push(value)
  }
  return Object.fromEntries(groups)
}

function alertKey({ type, threshold }: Alert): string {
  return `${type} ${threshold}`
}

/** How many marks there were at each moment; those of one millisecond count together. */
function ordinals(marks: readonly Mark[]): Point[] {
  const points = new Map<number, Point>()
  for (const [index, { atMs }] of marks.entries()) {
    const wholeMs = Math.round(atMs)
    points.set(wholeMs, { atMs: wholeMs, value: index + 1 })
  }
  return [...points.values()]
}

/** Where one alert ends and the next is raised in the same moment, it goes on. */
function states(alerts: readonly Alert[]): Point[] {
  const points = new Map<number, Point>()
  for (const { raisedAtMs, endedAtMs } of alerts) {
    points.set(raisedAtMs, { atMs: raisedAtMs, value: 1 })
    if (endedAtMs !== null) points.set(endedAtMs, { atMs: endedAtMs, value: 0 })
  }
  return [...points.values()]
}
