import { measure } from '../common/measure.js'
import { seededStream } from '../common/streams.js'
import { Entity, Facility, Sim } from './library.js'

const ARRIVAL_RATE = 0.9

class Customers extends Entity {
  start(customers) {
    this.gaps = seededStream(1, 2, 3, 4)
    this.services = seededStream(5, 6, 7, 8)
    this.server = new Facility('server')
    this.expected = customers
    this.departed = 0
    this.sum = 0
    this.awaitNext()
  }

  awaitNext() {
    this.setTimer(this.gaps.exponential(1) / ARRIVAL_RATE).done(this.arrive)
  }

  arrive() {
    this.expected -= 1
    if (this.expected > 0) this.awaitNext()
    const demand = this.services.exponential(1)
    this.useFacility(this.server, demand).done(this.depart, this, this.time())
  }

  depart(arrivedAt) {
    this.sum += this.time() - arrivedAt
    this.departed += 1
  }
}

measure((count) => {
  const simulation = new Sim()
  const customers = simulation.addEntity(Customers, 'customers', count)
  simulation.simulate(Number.POSITIVE_INFINITY)
  const { departed, sum } = customers
  return { operations: departed, statistics: { mean: sum / departed } }
})
