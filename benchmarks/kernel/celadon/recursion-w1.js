import { FifoStation } from '@celadon/kernel'
import { measure } from '../common/measure.js'
import { seededStream } from '../common/streams.js'

const ARRIVAL_RATE = 0.9

measure((customers) => {
  const arrivals = seededStream(1, 2, 3, 4)
  const services = seededStream(5, 6, 7, 8)
  const station = new FifoStation()
  let arrival = 0
  let sum = 0
  for (let served = 0; served < customers; served += 1) {
    arrival += arrivals.exponential(1) / ARRIVAL_RATE
    const demand = services.exponential(1)
    sum += station.serve(arrival, demand) + demand - arrival
  }
  return { operations: customers, statistics: { mean: sum / customers } }
})
