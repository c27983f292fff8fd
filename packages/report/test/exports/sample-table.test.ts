import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createSampleTable, type MetricSample } from '../../src/index.js'
import { Chunks } from './read-table.js'

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom('web.1', 'heroku-postgres', 'memory_rss', '', '𝒳é\u0000\n'),
)
const sample: fc.Arbitrary<MetricSample> = fc.record({
  atMicros: fc.integer({ min: -1e15, max: 4e15 }),
  source: fc.constantFrom('app', 'heroku'),
  process: text,
  name: text,
  kind: fc.constantFrom('sample', 'measure', 'count'),
  value: fc.oneof(fc.double({ noNaN: true }), fc.constantFrom(0, -0, 1e300, 5e-324)),
  unit: fc.oneof(text, fc.constantFrom('', 'MB', 'ms')),
})
const samples = fc.array(sample, { maxLength: 60 })
const rowGroupSize = fc.integer({ min: 1, max: 70 })

function written(rows: readonly MetricSample[], rowGroupSize: number): Chunks {
  const chunks = new Chunks()
  const table = createSampleTable(chunks.write, { rowGroupSize })
  for (const row of rows) table.append(row)
  table.close()
  return chunks
}

test('what is written reads back, whatever the text and however large the row groups', async () => {
  await fc.assert(
    fc.asyncProperty(samples, rowGroupSize, async (rows, size) => {
      const read = await written(rows, size).rows()
      expect(read).toEqual(
        rows.map(({ atMicros, source, process, name, kind, value, unit }) => ({
          measured_at: BigInt(atMicros),
          source,
          process,
          name,
          kind,
          value,
          unit: unit === '' ? null : unit,
        })),
      )
    }),
  )
})

test('rows are handed out a row group at a time, as soon as it is full', () => {
  fc.assert(
    fc.property(samples, rowGroupSize, (rows, size) => {
      const chunks = new Chunks()
      const table = createSampleTable(chunks.write, { rowGroupSize: size })
      for (const [index, row] of rows.entries()) {
        table.append(row)
        expect(chunks.chunks).toHaveLength(Math.floor((index + 1) / size))
      }
      table.close()
      const groups = chunks.metadata().row_groups.map(({ num_rows }) => Number(num_rows))
      const rest = rows.length % size
      const full = new Array<number>(Math.floor(rows.length / size)).fill(size)
      expect(groups).toEqual(rest === 0 ? full : [...full, rest])
    }),
  )
})

test('the same samples give the same bytes', () => {
  fc.assert(
    fc.property(samples, rowGroupSize, (rows, size) => {
      expect(written(rows, size).file()).toEqual(written(rows, size).file())
    }),
  )
})

test('few texts in many rows take little space: a dictionary', () => {
  const row = { source: 'heroku', name: 'memory_rss', kind: 'sample', unit: 'MB' }
  const rows = Array.from({ length: 20_000 }, (_, index) => ({
    ...row,
    atMicros: 1_772_442_186_000_000 + index * 1000,
    process: `web.${index % 8}`,
    value: index,
  }))
  const bytes = written(rows, 100_000).file().byteLength
  // The value takes 8 bytes; texts that were written in full would take 37.
  expect(bytes / rows.length).toBeLessThan(10)
})

test('every row group tells its first and last moment', () => {
  fc.assert(
    fc.property(fc.array(sample, { minLength: 1, maxLength: 20 }), rowGroupSize, (rows, size) => {
      const [group] = written(rows, size).metadata().row_groups
      const moments = rows.slice(0, size).map(({ atMicros }) => atMicros)
      const { min_value, max_value } = group?.columns[0]?.meta_data?.statistics ?? {}
      expect(min_value).toBe(BigInt(Math.min(...moments)))
      expect(max_value).toBe(BigInt(Math.max(...moments)))
    }),
  )
})
