import { Histogram } from '@celadon/kernel'
import { measure } from '../common/measure.js'
import { DEADLINE, DYNOS, result, Traffic } from '../common/traffic.js'
import { Entity, Facility, Sim } from './library.js'

class App extends Entity {
  start(hours) {
    this.traffic = new Traffic(hours)
    this.dynos = Array.from({ length: DYNOS }, () => new Facility('dyno'))
    this.waits = new Histogram()
    this.late = 0
    this.awaitNext()
  }

  awaitNext() {
    const gap = this.traffic.gap(this.time())
    if (gap < Number.POSITIVE_INFINITY) this.setTimer(gap).done(this.arrive)
  }

  arrive() {
    this.awaitNext()
    const demand = this.traffic.demand()
    const dyno = this.dynos[this.traffic.dyno()]
    const timer = this.setTimer(DEADLINE).done(this.expire)
    const request = { arrivedAt: this.time(), demand, timer }
    this.useFacility(dyno, demand).done(this.finish, this, request)
  }

  /** A facility does not tell when service begins, but it follows from when it ends. */
  finish({ arrivedAt, demand, timer }) {
    this.waits.record(this.time() - demand - arrivedAt)
    timer.cancel()
  }

  expire() {
    this.late += 1
  }
}

measure((hours) => {
  const simulation = new Sim()
  const app = simulation.addEntity(App, 'app', hours)
  simulation.simulate(Number.POSITIVE_INFINITY)
  return result(app.waits, app.late)
})
