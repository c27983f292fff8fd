// A run's files are read by programs that know nothing of Celadon: Parquet by DuckDB and by Polars,
// OpenMetrics by the Prometheus project's own parser and by its database. What they find is compared
// with the JSON result of the same run.
import { spawnSync } from 'node:child_process'
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Histogram } from '../../packages/kernel/src/index.js'
import { readApp } from '../../packages/platform/src/files/index.js'
import {
  createPlatform,
  type LatencySummary,
  type RunResult,
} from '../../packages/platform/src/index.js'
import {
  createRequestTable,
  createSampleTable,
  openMetrics,
  resultJson,
} from '../../packages/report/src/index.js'
import { debianFile, npmPackage, whyMissing } from '../consumers/tools.js'
import { removeFolder, temporaryFolder } from '../tarballs.js'

const folder = temporaryFolder()
afterAll(() => removeFolder(folder))
const REQUESTS = join(folder, 'requests.parquet')
const SAMPLES = join(folder, 'samples.parquet')
const METRICS = join(folder, 'metrics.txt')

const SHOP = new URL('../consumers/shop/', import.meta.url)
/** Small enough that the run makes several. */
const ROW_GROUP_SIZE = 500

let result: RunResult
beforeAll(() => {
  result = runShop()
})

/** Ten minutes with a bit of everything, and every file that can be made of them. */
function runShop(): RunResult {
  const file = (name: string) => ({ name, text: readFileSync(new URL(name, SHOP), 'utf8') })
  const app = readApp({
    procfile: file('Procfile'),
    appJson: file('app.json'),
    celadonYml: file('celadon.yml'),
  })
  const requests = createRequestTable((bytes) => appendFileSync(REQUESTS, bytes), {
    epochMs: app.epochMs,
    rowGroupSize: ROW_GROUP_SIZE,
  })
  const platform = createPlatform(app, { onResponse: (request) => requests.append(request) })
  let log = ''
  const decoder = new TextDecoder()
  const firehose = platform.logplex.firehose((chunk) => {
    log += decoder.decode(chunk, { stream: true })
  })
  platform.advance(platform.durationMs)
  firehose.close()
  requests.close()
  writeSamples(log)
  const found: RunResult = JSON.parse(resultJson(platform.result()))
  writeFileSync(METRICS, openMetrics(found))
  return found
}

const LINE = /^(\S+) (app|heroku)\[([^\]]+)\]: .*$/
const SAMPLE = /sample#(\S+?)=(-?[\d.]+)([A-Za-z]*)/g

/** Every `sample#` of the log, found without Celadon's own reader. */
function samplesIn(log: string) {
  return log.split('\n').flatMap((line) => {
    const [text = '', time = '', source = '', process = ''] = LINE.exec(line) ?? []
    const atMicros = Date.parse(time) * 1000 + Number(time.slice(23, 26))
    return [...text.matchAll(SAMPLE)].map(([, name = '', value, unit = '']) => {
      return { atMicros, source, process, name, kind: 'sample', value: Number(value), unit }
    })
  })
}

let samples: ReturnType<typeof samplesIn> = []

function writeSamples(log: string): void {
  samples = samplesIn(log)
  const table = createSampleTable((bytes) => appendFileSync(SAMPLES, bytes))
  for (const sample of samples) table.append(sample)
  table.close()
}

const noDuckDb = whyMissing('node_modules/@duckdb/node-api')

describe.skipIf(noDuckDb !== '')(`DuckDB ${noDuckDb}`.trim(), () => {
  test('finds every request that was answered, by status and by code', async () => {
    const { served, failed, byStatus, byCode } = result.requests
    expect(await query(`select count(*)::int as rows from '${REQUESTS}'`)).toEqual([
      { rows: served + failed },
    ])
    expect(served + failed).toBeGreaterThan(3 * ROW_GROUP_SIZE)
    expect(await countsBy('status')).toEqual(byStatus)
    expect(await countsBy('code', 'code is not null')).toEqual(byCode)
    expect(byCode['H12']).toBeGreaterThan(0)
  })

  test('finds the durations of the result', async () => {
    const { latency } = result
    await expectSummary('total_ms', latency.total)
    const unfinished = await query(
      `select count(*)::int as requests from '${REQUESTS}' where abandoned and service_ms is null`,
    )
    // What a process was through with after its client had left is a zombie, not yet in the row.
    expect(unfinished[0]?.['requests']).toBeGreaterThanOrEqual(result.requests.zombies)
  })

  test('finds when requests came, in each interval of the series', async () => {
    const { intervalMs, arrivalsPerSecond, length } = result.series
    const startMicros = Date.parse(result.app.startedAt) * 1000
    const found = await query(
      `select ((epoch_us(arrived_at) - ${startMicros}) // ${intervalMs * 1000})::int as interval,
        count(*)::int as arrivals from '${REQUESTS}' group by 1 order by 1`,
    )
    const expected = arrivalsPerSecond.map((rate, interval) => ({
      interval,
      arrivals: Math.round((rate * intervalMs) / 1000),
    }))
    // Those still under way at the end came in the last intervals and have no row.
    const settled = length - Math.ceil(60_000 / intervalMs)
    const isSettled = ({ interval }: { interval?: unknown }) => Number(interval) < settled
    expect(found.filter(isSettled)).toEqual(
      expected.filter((one) => isSettled(one) && one.arrivals > 0),
    )
  })

  test('knows columns by their types, and null from 0', async () => {
    const columns = await query(`describe select * from '${REQUESTS}'`)
    const types = Object.fromEntries(
      columns.map(({ column_name, column_type }) => [column_name, column_type]),
    )
    expect(types).toMatchObject({
      id: 'INTEGER',
      arrived_at: 'TIMESTAMP WITH TIME ZONE',
      path: 'VARCHAR',
      status: 'INTEGER',
      bytes: 'BIGINT',
      total_ms: 'DOUBLE',
      queue_ms: 'DOUBLE',
      abandoned: 'BOOLEAN',
    })
    // A request for which no dyno was found waited for none; 0 ms of connecting is a duration.
    const nulls = await query(`select
      count(*) filter ((dyno is null) <> (router_wait_ms is null))::int as waits,
      count(*) filter ((dyno is null) <> (connect_ms is null))::int as connects,
      count(*) filter (queue_ms is null and service_ms is not null)::int as services,
      count(*) filter (service_ms is null)::int as unserved,
      count(*) filter (id is null or arrived_at is null or total_ms is null)::int as unknown
      from '${REQUESTS}'`)
    expect(nulls).toMatchObject([{ waits: 0, connects: 0, services: 0, unknown: 0 }])
    expect(nulls[0]?.['unserved']).toBeGreaterThanOrEqual(result.requests.byCode['H12'] ?? 0)
  })

  test('finds the samples of the log', async () => {
    const found = await query(
      `select epoch_us(measured_at)::varchar as micros, source, process, name, kind, value, unit
        from '${SAMPLES}'`,
    )
    expect(found).toEqual(
      samples.map(({ atMicros, unit, ...sample }) => {
        return { ...sample, micros: String(atMicros), unit: unit === '' ? null : unit }
      }),
    )
    expect(samples.length).toBeGreaterThan(100)
  })
})

const noPolars = whyMissing(
  'node_modules/nodejs-polars',
  'node_modules/nodejs-polars-linux-x64-gnu',
)

describe.skipIf(noPolars !== '')(`Polars ${noPolars}`.trim(), () => {
  test('reads the same requests as the result counted', () => {
    const { served, failed, byStatus } = result.requests
    const table = polars().readParquet(REQUESTS)
    expect(table.height).toBe(served + failed)
    const counts = new Map<string, number>()
    for (const status of table.getColumn('status').toArray()) {
      counts.set(String(status), (counts.get(String(status)) ?? 0) + 1)
    }
    expect(Object.fromEntries(counts)).toEqual(byStatus)
    const { total } = result.latency
    expect(Math.abs(table.getColumn('total_ms').mean() - total.mean)).toBeLessThan(0.001)
    expect(Math.abs(table.getColumn('total_ms').max() - total.max)).toBeLessThan(0.001)
  })

  test('reads the same samples as the log has', () => {
    const table = polars().readParquet(SAMPLES)
    expect(table.height).toBe(samples.length)
    expect(table.getColumn('value').toArray()).toEqual(samples.map(({ value }) => value))
    expect(table.getColumn('process').toArray()).toEqual(samples.map(({ process }) => process))
  })
})

const noPrometheus = whyMissing('debian/usr/lib/python3/dist-packages/prometheus_client')

describe.skipIf(noPrometheus !== '')(`prometheus_client ${noPrometheus}`.trim(), () => {
  /** Reads the text strictly and hands every sample on. */
  const READ = `
import json, sys
from prometheus_client.openmetrics.parser import text_string_to_metric_families
families = text_string_to_metric_families(open(sys.argv[1], encoding='utf-8').read())
print(json.dumps([[f.name, f.type, f.unit, s.name, s.labels, s.value, float(s.timestamp)]
  for f in families for s in f.samples]))
`
  type Read = readonly [string, string, string, string, Record<string, string>, number, number]
  const read = (): Read[] => {
    const env = { ...process.env, PYTHONPATH: debianFile('usr/lib/python3/dist-packages') }
    return JSON.parse(run('python3', ['-c', READ, METRICS], env))
  }

  test('accepts the text and loses no sample', () => {
    const lines = readFileSync(METRICS, 'utf8').split('\n')
    expect(read()).toHaveLength(lines.filter((line) => /^celadon_/.test(line)).length)
  })

  test('reads the numbers of the result, at their times', () => {
    const samples = read()
    const of = (name: string, labels: Record<string, string> = {}) =>
      samples
        .filter(([, , , sample, found]) => sample === name && includes(found, labels))
        .map(([, , , , , value, at]) => [at - Date.parse(result.app.startedAt) / 1000, value])
    const { app, requests, series } = result
    const end = app.durationMs / 1000
    expect(of('celadon_requests_total').at(-1)).toEqual([end, requests.arrived])
    expect(of('celadon_requests_failed_total').at(-1)).toEqual([end, requests.failed])
    const p95 = series.totalP95.flatMap((value, index) =>
      value === null ? [] : [[((index + 1) * series.intervalMs) / 1000, value]],
    )
    const found = of('celadon_request_duration_seconds', { quantile: '0.95' })
    expect(found.map(([at, value = 0]) => [at, Math.round(value * 1e6) / 1000])).toEqual(p95)
    for (const { type, starts } of result.processes) {
      expect(of('celadon_dyno_starts_total', { process_type: type })).toEqual([[end, starts]])
    }
    for (const [code, count] of codes(result)) {
      expect(of('celadon_errors_total', { code }).at(-1)).toEqual([end, count])
    }
  })
})

const noPromtool = whyMissing('debian/usr/bin/promtool')

describe.skipIf(noPromtool !== '')(`promtool ${noPromtool}`.trim(), () => {
  test('turns the text into blocks of a Prometheus database that have every sample', () => {
    const promtool = debianFile('usr/bin/promtool')
    const database = join(folder, 'prometheus')
    run(promtool, ['tsdb', 'create-blocks-from', 'openmetrics', METRICS, database])
    // A database that has run has a log of what it has not yet put into blocks; this one has none.
    mkdirSync(join(database, 'wal'))
    const dumped = run(promtool, ['tsdb', 'dump', database]).split('\n').slice(0, -1)
    const written = readFileSync(METRICS, 'utf8').split('\n')
    expect(dumped).toHaveLength(written.filter((line) => line.startsWith('celadon_')).length)
    const arrived = dumped.filter((line) => line.includes('"celadon_requests_total"')).at(-1)
    expect(arrived).toMatch(new RegExp(` ${result.requests.arrived} \\d+$`))
  })
})

type Row = Readonly<Record<string, unknown>>

interface DuckDb {
  readonly DuckDBInstance: {
    create(): Promise<{
      connect(): Promise<{
        runAndReadAll(sql: string): Promise<{ getRowObjectsJson(): Row[] }>
      }>
    }>
  }
}

async function query(sql: string): Promise<Row[]> {
  const { DuckDBInstance } = npmPackage('@duckdb/node-api') as DuckDb
  const database = await DuckDBInstance.create()
  const connection = await database.connect()
  return (await connection.runAndReadAll(sql)).getRowObjectsJson()
}

async function countsBy(column: string, where = 'true'): Promise<Record<string, unknown>> {
  const rows = await query(
    `select ${column}::varchar as value, count(*)::int as requests from '${REQUESTS}'
      where ${where} group by 1`,
  )
  return Object.fromEntries(rows.map(({ value, requests }) => [String(value), requests]))
}

/** A result's percentiles are those of a histogram, to a thousandth of a millisecond. */
async function expectSummary(column: string, summary: LatencySummary): Promise<void> {
  const { count, mean, max } = summary
  const [figures] = await query(
    `select count(${column})::int as count, round(avg(${column}), 3) as mean,
      round(max(${column}), 3) as max from '${REQUESTS}'`,
  )
  expect(figures).toEqual({ count, mean, max })
  for (const [share, value] of [
    [0.5, summary.p50],
    [0.95, summary.p95],
    [0.99, summary.p99],
  ] as const) {
    const low = value * (1 - Histogram.RELATIVE_ERROR) - 0.001
    const high = value * (1 + Histogram.RELATIVE_ERROR) + 0.001
    const [ranks] = await query(
      `select count(*) filter (${column} < ${low})::int as below,
        count(*) filter (${column} <= ${high})::int as reached from '${REQUESTS}'`,
    )
    expect(ranks?.['below']).toBeLessThanOrEqual(share * count)
    expect(ranks?.['reached']).toBeGreaterThanOrEqual(share * count)
  }
}

interface Polars {
  readParquet(path: string): {
    readonly height: number
    getColumn(name: string): { toArray(): unknown[]; mean(): number; max(): number }
  }
}

function polars(): Polars {
  return npmPackage('nodejs-polars') as Polars
}

function codes({ requests, processes }: RunResult): [string, number][] {
  return [
    ...Object.entries(requests.byCode),
    ...processes.flatMap(({ byCode }) => Object.entries(byCode)),
  ]
}

function includes(labels: Record<string, string>, wanted: Record<string, string>): boolean {
  return Object.entries(wanted).every(([name, value]) => labels[name] === value)
}

function run(program: string, args: readonly string[], env = process.env): string {
  const { status, stdout, stderr } = spawnSync(program, args, {
    encoding: 'utf8',
    env,
    maxBuffer: 2 ** 28,
  })
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${stderr}`)
  return stdout
}
