import { Histogram } from '@celadon/kernel'
import { measure } from '../common/measure.js'
import { DEADLINE, DYNOS, result, Traffic } from '../common/traffic.js'
import { Entity, Queue, simulate } from './library.js'

class App {
  constructor(hours) {
    this.traffic = new Traffic(hours)
    this.dynos = Array.from({ length: DYNOS }, () => new Queue('dyno', 1))
    this.waits = new Histogram()
    this.late = 0
  }
}

class Arrivals extends Entity {
  constructor(app) {
    super()
    this.app = app
  }

  async script() {
    const { app, simulation } = this
    for (;;) {
      const gap = app.traffic.gap(simulation.timeNow)
      if (gap === Number.POSITIVE_INFINITY) return
      await this.delay(gap)
      simulation.activate(new Request(app))
    }
  }
}

/** SimScript has no timer to cancel, so a request finds out at its end whether it is late. */
class Request extends Entity {
  constructor(app) {
    super()
    this.app = app
  }

  async script() {
    const { app, simulation } = this
    const arrivedAt = simulation.timeNow
    const demand = app.traffic.demand()
    const dyno = app.dynos[app.traffic.dyno()]
    await this.enterQueue(dyno)
    app.waits.record(simulation.timeNow - arrivedAt)
    await this.delay(demand)
    this.leaveQueue(dyno)
    if (simulation.timeNow > arrivedAt + DEADLINE) app.late += 1
  }
}

measure(async (hours) => {
  const app = new App(hours)
  await simulate(new Arrivals(app))
  return result(app.waits, app.late)
})
