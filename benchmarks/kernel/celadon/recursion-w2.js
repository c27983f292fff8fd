import { FifoStation, Histogram } from '@celadon/kernel'
import { measure } from '../common/measure.js'
import { DEADLINE, DYNOS, result, Traffic } from '../common/traffic.js'

measure((hours) => {
  const traffic = new Traffic(hours)
  const dynos = Array.from({ length: DYNOS }, () => new FifoStation())
  const waits = new Histogram()
  let late = 0
  for (let now = traffic.gap(0); now < Number.POSITIVE_INFINITY; now += traffic.gap(now)) {
    const demand = traffic.demand()
    const start = dynos[traffic.dyno()].serve(now, demand)
    waits.record(start - now)
    if (start + demand > now + DEADLINE) late += 1
  }
  return result(waits, late)
})
