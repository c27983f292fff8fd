import { createSimulation, Histogram } from '@celadon/kernel'
import { measure } from '../common/measure.js'
import { DEADLINE, DYNOS, result, Traffic } from '../common/traffic.js'

/** A request in the system. Once answered, it is used again for another one. */
class Request {
  constructor() {
    this.arrivedAt = 0
    this.demand = 0
    this.timer = 0
    this.late = false
    /** The one behind it in a line, or the next free one. */
    this.next = null
  }
}

/** Serves one request at a time; the others wait in a line. */
class Dyno {
  constructor(app) {
    this.app = app
    this.current = null
    this.first = null
    this.last = null
  }
}

class App {
  constructor(hours) {
    this.simulation = createSimulation()
    this.traffic = new Traffic(hours)
    this.deadline = this.simulation.timeout(DEADLINE, expire)
    this.dynos = Array.from({ length: DYNOS }, () => new Dyno(this))
    this.waits = new Histogram()
    this.late = 0
    this.free = null
  }
}

function arrive(app) {
  const request = take(app)
  const dyno = app.dynos[app.traffic.dyno()]
  request.timer = app.deadline.arm(request)
  if (dyno.current === null) start(dyno, request)
  else join(dyno, request)
}

function start(dyno, request) {
  const { simulation, waits } = dyno.app
  dyno.current = request
  waits.record(simulation.now - request.arrivedAt)
  simulation.schedule(request.demand, finish, dyno)
}

function finish(dyno) {
  const { app, current } = dyno
  if (current.late) app.late += 1
  else app.deadline.cancel(current.timer)
  current.next = app.free
  app.free = current
  if (dyno.first === null) dyno.current = null
  else start(dyno, leave(dyno))
}

function expire(request) {
  request.late = true
}

function take(app) {
  const request = app.free ?? new Request()
  app.free = request.next
  request.arrivedAt = app.simulation.now
  request.demand = app.traffic.demand()
  request.late = false
  request.next = null
  return request
}

function join(dyno, request) {
  if (dyno.first === null) dyno.first = request
  else dyno.last.next = request
  dyno.last = request
}

function leave(dyno) {
  const request = dyno.first
  dyno.first = request.next
  return request
}

measure((hours) => {
  const app = new App(hours)
  app.simulation.source((now) => app.traffic.gap(now), arrive, app)
  app.simulation.run()
  return result(app.waits, app.late)
})
