import { FifoStation, Histogram } from '@celadon/kernel'
import { measure } from '../common/measure.js'
import { DEADLINE, DYNOS, result, Traffic } from '../common/traffic.js'

const BLOCK = 1024

/** Requests are drawn a thousand at a time: V8 compiles several small loops better than a large one. */
class Block {
  constructor() {
    this.count = 0
    this.arrivals = new Float64Array(BLOCK)
    this.demands = new Float64Array(BLOCK)
    this.dynos = new Int32Array(BLOCK)
  }
}

/** Fills a block and returns the time of the arrival after it, `Infinity` when there is none. */
function drawArrivals(block, traffic, first) {
  let now = first
  let count = 0
  for (; count < BLOCK && now < Number.POSITIVE_INFINITY; count += 1) {
    block.arrivals[count] = now
    now += traffic.gap(now)
  }
  block.count = count
  return now
}

function drawDemands({ demands, count }, traffic) {
  for (let index = 0; index < count; index += 1) demands[index] = traffic.demand()
}

function drawDynos({ dynos, count }, traffic) {
  for (let index = 0; index < count; index += 1) dynos[index] = traffic.dyno()
}

/** Returns how many were late. */
function serve({ arrivals, demands, dynos, count }, stations, waits) {
  let late = 0
  for (let index = 0; index < count; index += 1) {
    const arrival = arrivals[index]
    const start = stations[dynos[index]].serve(arrival, demands[index])
    waits.record(start - arrival)
    if (start + demands[index] > arrival + DEADLINE) late += 1
  }
  return late
}

measure((hours) => {
  const traffic = new Traffic(hours)
  const stations = Array.from({ length: DYNOS }, () => new FifoStation())
  const waits = new Histogram()
  const block = new Block()
  let late = 0
  for (let next = traffic.gap(0); next < Number.POSITIVE_INFINITY; ) {
    next = drawArrivals(block, traffic, next)
    drawDemands(block, traffic)
    drawDynos(block, traffic)
    late += serve(block, stations, waits)
  }
  return result(waits, late)
})
