import { expect, test } from 'vitest'
import { DYNO_SIZES, webConcurrency } from '../../src/index.js'

test.each([
  ['standard-1x', 2, 1, 2],
  ['standard-2x', 4, 2, 4],
  ['performance-m', 5, 5, 8],
  ['performance-l', 17, 28, 16],
  ['performance-l-ram', 9, 15, 16],
  ['performance-xl', 17, 31, 16],
  ['performance-2xl', 33, 63, 16],
] as const)('%s: python %i, node %i, ruby %i', (name, python, node, ruby) => {
  const size = DYNO_SIZES[name]
  const workers = (['python', 'node', 'ruby'] as const).map((one) => webConcurrency(one, size))
  expect(workers).toEqual([python, node, ruby])
})

test('a dyno of an unlikely size gets at least one process', () => {
  const size = { ...DYNO_SIZES['standard-1x'], memoryMb: 128, cores: 1 }
  expect(webConcurrency('python', size)).toBe(1)
  expect(webConcurrency('node', size)).toBe(1)
  expect(webConcurrency('node', { ...size, memoryMb: 2048 * 201 })).toBe(1)
})
