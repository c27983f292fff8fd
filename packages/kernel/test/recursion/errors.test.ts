import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CeladonError, FifoStation, WaitingLine } from '../../src/index.js'

function expectError(message: RegExp, act: () => unknown): void {
  expect(act).toThrow(CeladonError)
  expect(act).toThrow(expect.objectContaining({ code: 'KERNEL_ARGUMENT_INVALID' }))
  expect(act).toThrow(message)
}

/** A station that served somebody at 50 ms. */
function station(): FifoStation {
  const station = new FifoStation()
  station.serve(50, 10)
  return station
}

describe('a FIFO station refuses', () => {
  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 24 + 1])(
    '%s servers',
    (servers) => {
      expectError(new RegExp(`from 1 to 16777216, but were ${servers}`), () => {
        new FifoStation({ servers })
      })
    },
  )

  test('a customer from the past', () => {
    expectError(/came at 49 ms after one at 50 ms/, () => station().serve(49, 1))
    expectError(/came at NaN ms after one at 50 ms/, () => station().serve(Number.NaN, 1))
    expectError(/came at -1 ms after one at 0 ms/, () => new FifoStation().serve(-1, 1))
  })

  test('a demand below 0', () => {
    expectError(/0 ms or more, but got -1 \(arrival at 60 ms\)/, () => station().serve(60, -1))
    expectError(/0 ms or more, but got NaN/, () => station().serve(60, Number.NaN))
  })

  test('and goes on as if that had not been', () => {
    const refusing = station()
    expect(() => refusing.serve(70, -1)).toThrow()
    expect(refusing.serve(51, 10)).toBe(60)
  })
})

describe('a waiting line', () => {
  test('refuses a start before the last one', () => {
    const line = new WaitingLine()
    line.join(5)
    expectError(/begins at 4 ms after one at 5 ms/, () => line.join(4))
    expectError(/begins at NaN ms/, () => line.join(Number.NaN))
  })

  test('refuses to look back', () => {
    const line = new WaitingLine()
    line.lengthAt(5)
    expectError(/asked for at 4 ms after 5 ms/, () => line.lengthAt(4))
    expectError(/asked for at NaN ms/, () => line.lengthAt(Number.NaN))
  })

  test('counts the starts that are later', () => {
    const steps = fc.array(fc.record({ join: fc.nat(20), look: fc.nat(60) }), { maxLength: 200 })
    fc.assert(
      fc.property(steps, (steps) => {
        const line = new WaitingLine()
        const starts: number[] = []
        let startMs = 0
        let nowMs = 0
        for (const { join, look } of steps) {
          startMs += join
          starts.push(startMs)
          line.join(startMs)
          if (look > 40) continue
          nowMs += look
          expect(line.lengthAt(nowMs)).toBe(starts.filter((start) => start > nowMs).length)
        }
      }),
    )
  })
})
