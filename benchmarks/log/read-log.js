import { createLogReader, formatLogLine, formatRouterLine } from '@celadon/logplex'

/** Lines that are read again and again. */
const LINES = 50_000
const CHUNK_BYTES = 65_536
const START_MICROS = Date.parse('2026-03-02T09:43:06Z') * 1000
const HOST = 'shop-1a2b3c.herokuapp.com'

/** Lines of an app beside those of the router, in the proportions of a small Rails app. */
const OTHERS = [
  ['app', 'web.1', 'method=GET path=/products format=html status=200 duration=63.25'],
  ['app', 'web.2', 'method=GET path=/products/42 format=json status=200 duration=12.50'],
  ['app', 'web.1', 'Started GET "/products" for 192.0.2.218 at 2026-03-02 09:43:06 +0000'],
  ['app', 'web.1', 'Completed 200 OK in 63ms (Views: 40.1ms | ActiveRecord: 12.7ms)'],
  ['app', 'worker.1', 'Job 4711 took 3.2 s: 12 € for Zoë'],
  [
    'heroku',
    'web.1',
    'source=web.1 dyno=heroku.28.d97d0ea7-cf3d-411b-b453-d2943a50b456 sample#load_avg_1m=2.46 sample#load_avg_5m=1.06 sample#load_avg_15m=0.99',
  ],
]

/** A log in which every `every`th line is the router's, as bytes. */
function logOf(generation, every) {
  const lines = []
  for (let index = 0; index < LINES; index += 1) {
    const atMicros = START_MICROS + index * 10_007
    const [source, process, text] =
      index % every === 0
        ? ['heroku', 'router', formatRouterLine(routerLine(index), generation)]
        : OTHERS[index % OTHERS.length]
    lines.push(`${formatLogLine({ atMicros, source, process, text }, generation)}\n`)
  }
  return new TextEncoder().encode(lines.join(''))
}

function routerLine(index) {
  return {
    code: '',
    fault: null,
    method: index % 10 === 0 ? 'POST' : 'GET',
    path: `/products/${index % 977}?page=${index % 13}`,
    host: HOST,
    requestId: `6eedc82a-a3f3-453f-832a-${String(index).padStart(12, '0')}`,
    fwd: `192.0.2.${index % 256}`,
    dyno: `web.${1 + (index % 12)}`,
    queue: 0,
    waitMs: 0,
    connectMs: index % 3,
    serviceMs: (index * 7919) % 997,
    status: 200,
    bytes: (index * 104_729) % 65_536,
  }
}

/** A workload for `measure`: reads so many million lines, of which every `every`th is a router's. */
export function readLog(generation, every) {
  const bytes = logOf(generation, every)
  return (millions) => {
    const rounds = Math.ceil((millions * 1e6) / LINES)
    let serviceMs = 0
    const reader = createLogReader({
      onLine({ message }) {
        if (message.type === 'request') serviceMs += message.line.serviceMs
      },
    })
    for (let round = 0; round < rounds; round += 1) {
      for (let start = 0; start < bytes.length; start += CHUNK_BYTES) {
        reader.push(bytes.subarray(start, start + CHUNK_BYTES))
      }
      reader.end()
    }
    const { counts } = reader
    const { lines, understood } = counts
    return {
      operations: lines,
      statistics: { bytes: counts.bytes, lines, understood, serviceMs },
    }
  }
}
