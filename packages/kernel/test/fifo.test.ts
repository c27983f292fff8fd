import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Fifo } from '../src/index.js'

test('gives items back in the order in which they came, as an array does', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(9), { maxLength: 300 }), (steps) => {
      const fifo = new Fifo<number>()
      const naive: number[] = []
      for (const [index, step] of steps.entries()) {
        // Seven steps of ten add, so that the ring grows while its head stands anywhere.
        if (step < 7) {
          fifo.push(index)
          naive.push(index)
        } else {
          expect(fifo.shift()).toBe(naive.shift() ?? null)
        }
        expect(fifo.length).toBe(naive.length)
      }
      while (naive.length > 0) expect(fifo.shift()).toBe(naive.shift())
      expect(fifo.shift()).toBeNull()
    }),
  )
})
