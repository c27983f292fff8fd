import { RandomStream } from '@celadon/kernel'

/** A stream in the state in which C's `random_stream` of these seeds is: 15 steps mix them. */
export function seededStream(...seeds) {
  const stream = new RandomStream('')
  stream.restore(seeds)
  for (let step = 0; step < 15; step += 1) stream.uint32()
  return stream
}
