import { measureOnly } from '../common/measure.js'
import { seededStream } from '../common/streams.js'
import { Entity, Sim } from './library.js'

class Hold extends Entity {
  start(pending) {
    this.stream = seededStream(1, 2, 3, 4)
    this.numbers = 0
    for (let number = 0; number < pending; number += 1) this.schedule(number)
  }

  schedule(number) {
    this.setTimer(this.stream.exponential(1)).done(this.hold, this, [number])
  }

  hold(number) {
    this.numbers += number
    this.schedule(number)
  }
}

const [pending, operations] = process.argv.slice(2).map(Number)
const simulation = new Sim()
const model = simulation.addEntity(Hold, 'hold', pending)
const run = (steps) => {
  for (let step = 0; step < steps; step += 1) simulation.step()
}
run(2 * pending + operations / 4)

measureOnly(() => {
  model.numbers = 0
  run(operations)
  return { operations, statistics: { time: simulation.time(), numbers: model.numbers } }
})
