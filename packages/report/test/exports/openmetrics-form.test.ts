// Whatever the result is, the text obeys OpenMetrics 1.0.
import type { RunResult } from '@celadon/platform'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openMetrics } from '../../src/index.js'
import { anyRun } from './any-run.js'
import { type ReadFamily, type ReadSample, readExposition } from './exposition.js'

const SUFFIXES: Readonly<Record<string, readonly string[]>> = {
  gauge: [''],
  counter: ['_total'],
  info: ['_info'],
  summary: ['', '_count', '_sum'],
}

const property = (check: (families: ReadFamily[], result: RunResult) => void): void =>
  fc.assert(fc.property(anyRun, (result) => check(readExposition(openMetrics(result)), result)))

test('families have names of their own, none of them empty', () => {
  property((families) => {
    const names = families.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    expect(families.filter(({ help, samples }) => help === '' || samples.length === 0)).toEqual([])
  })
})

test('a unit is the end of the name, and the suffix of a sample is that of its type', () => {
  property((families) => {
    expect(families.filter(({ name, unit }) => unit !== '' && !name.endsWith(`_${unit}`))).toEqual(
      [],
    )
    for (const { name, type, samples } of families) {
      const names = (SUFFIXES[type] ?? []).map((suffix) => name + suffix)
      expect(samples.filter((sample) => !names.includes(sample.name))).toEqual([])
    }
  })
})

test('samples of a metric stand together, in rising order of time, none twice', () => {
  property((families) => {
    for (const { type, samples } of families) {
      const metrics = runsOf(samples, metricOf(type))
      expect(metrics.filter((metric) => !isSorted(metric.map(({ seconds }) => seconds)))).toEqual(
        [],
      )
      const names = metrics.map(([first]) => first && metricOf(type)(first))
      expect(new Set(names).size).toBe(names.length)
      const moments = samples.map(({ name, labels, seconds }) =>
        JSON.stringify([name, labels, seconds]),
      )
      expect(new Set(moments).size).toBe(moments.length)
    }
  })
})

test('counters never fall, nor do they begin below 0', () => {
  property((families) => {
    const counters = families.filter(({ type }) => type === 'counter')
    const metrics = counters.flatMap(({ type, samples }) => runsOf(samples, metricOf(type)))
    const falling = metrics.filter((metric) => !isSorted([0, ...metric.map(({ value }) => value)]))
    expect(falling).toEqual([])
  })
})

test('every sample names the app, as it is called', () => {
  property((families, { app }) => {
    const samples = families.flatMap(({ samples }) => samples)
    expect(samples.filter(({ labels }) => labels['app'] !== app.name)).toEqual([])
  })
})

test('equal results give equal text, whatever the order of their keys', () => {
  fc.assert(
    fc.property(anyRun, (result) => {
      const { byCode, dynosUp } = result.series
      const series = { ...result.series, byCode: reversed(byCode), dynosUp: reversed(dynosUp) }
      expect(openMetrics({ ...result, series })).toBe(openMetrics(result))
    }),
  )
})

/** What makes a metric: all labels, but for a summary's quantiles, which are one metric together. */
function metricOf(type: string): (sample: ReadSample) => string {
  return ({ labels: { quantile, ...rest } }) =>
    JSON.stringify(type === 'summary' ? rest : [rest, quantile])
}

function runsOf<Value>(values: readonly Value[], keyOf: (value: Value) => string): Value[][] {
  const runs: Value[][] = []
  let key: string | null = null
  for (const value of values) {
    if (keyOf(value) === key) runs.at(-1)?.push(value)
    else runs.push([value])
    key = keyOf(value)
  }
  return runs
}

function isSorted(values: readonly number[]): boolean {
  return values.every((value, index) => index === 0 || (values[index - 1] ?? 0) <= value)
}

function reversed<Value>(record: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).reverse())
}
