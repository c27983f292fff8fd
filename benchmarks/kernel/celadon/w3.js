import { createSimulation } from '@celadon/kernel'
import { measureOnly } from '../common/measure.js'
import { seededStream } from '../common/streams.js'

/** So many pending events; each, when due, is scheduled again. */
class Hold {
  constructor() {
    this.simulation = createSimulation()
    this.stream = seededStream(1, 2, 3, 4)
    /** Sum of the numbers of the events that were due. */
    this.numbers = 0
  }
}

function hold(model, number) {
  model.numbers += number
  model.simulation.schedule(model.stream.exponential(1), hold, model, number)
}

const [pending, operations] = process.argv.slice(2).map(Number)
const model = new Hold()
const { simulation, stream } = model
for (let number = 0; number < pending; number += 1) {
  simulation.schedule(stream.exponential(1), hold, model, number)
}
simulation.run({ events: 2 * pending + operations / 4 })

measureOnly(() => {
  model.numbers = 0
  simulation.run({ events: operations })
  return { operations, statistics: { time: simulation.now, numbers: model.numbers } }
})
