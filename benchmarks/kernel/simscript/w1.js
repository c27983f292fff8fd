import { measure } from '../common/measure.js'
import { seededStream } from '../common/streams.js'
import { Entity, Queue, simulate } from './library.js'

const ARRIVAL_RATE = 0.9

class Station {
  constructor() {
    this.gaps = seededStream(1, 2, 3, 4)
    this.services = seededStream(5, 6, 7, 8)
    this.server = new Queue('server', 1)
    this.departed = 0
    this.sum = 0
  }
}

class Arrivals extends Entity {
  constructor(station, customers) {
    super()
    this.station = station
    this.customers = customers
  }

  async script() {
    for (let come = 0; come < this.customers; come += 1) {
      await this.delay(this.station.gaps.exponential(1) / ARRIVAL_RATE)
      this.simulation.activate(new Customer(this.station))
    }
  }
}

class Customer extends Entity {
  constructor(station) {
    super()
    this.station = station
  }

  async script() {
    const { station, simulation } = this
    const arrivedAt = simulation.timeNow
    const demand = station.services.exponential(1)
    await this.enterQueue(station.server)
    await this.delay(demand)
    this.leaveQueue(station.server)
    station.sum += simulation.timeNow - arrivedAt
    station.departed += 1
  }
}

measure(async (customers) => {
  const station = new Station()
  await simulate(new Arrivals(station, customers))
  return { operations: station.departed, statistics: { mean: station.sum / station.departed } }
})
