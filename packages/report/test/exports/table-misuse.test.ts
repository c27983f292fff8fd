import { HttpRequest } from '@celadon/contracts'
import { describe, expect, test } from 'vitest'
import { createRequestTable, createSampleTable } from '../../src/index.js'
import { Chunks } from './read-table.js'

const SAMPLE = {
  atMicros: 0,
  source: 'heroku',
  process: 'web.1',
  name: 'load_avg_1m',
  kind: 'sample',
  value: 0.5,
  unit: '',
}

test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])(
  'refuses row groups of %s',
  (size) => {
    expect(() => createSampleTable(() => {}, { rowGroupSize: size })).toThrowError(
      expect.objectContaining({ code: 'REPORT_ROW_GROUP_INVALID' }),
    )
  },
)

describe('a closed table', () => {
  const closed = expect.objectContaining({ code: 'REPORT_TABLE_CLOSED' })

  test('takes no sample and is not closed again', () => {
    const table = createSampleTable(() => {})
    table.close()
    expect(() => table.append(SAMPLE)).toThrowError(closed)
    expect(() => table.close()).toThrowError(closed)
  })

  test('takes no request', () => {
    const table = createRequestTable(() => {}, { epochMs: 0 })
    table.close()
    expect(() => table.append(new HttpRequest())).toThrowError(closed)
  })
})

test('a table without rows is a file with columns', async () => {
  const chunks = new Chunks()
  createSampleTable(chunks.write).close()
  expect(await chunks.rows()).toEqual([])
  const names = chunks.metadata().schema.map(({ name }) => name)
  expect(names).toEqual([
    'schema',
    'measured_at',
    'source',
    'process',
    'name',
    'kind',
    'value',
    'unit',
  ])
})
