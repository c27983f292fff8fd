import { Entity, Queue, Simulation } from 'simscript'

// SimScript was made for browsers and lets the page breathe from time to time.
globalThis.requestAnimationFrame = setImmediate

export { Entity, Queue }

/** Runs entities from time 0 until none has anything to do. */
export async function simulate(...entities) {
  const simulation = new Simulation()
  simulation.started.addEventListener(() => {
    for (const entity of entities) simulation.activate(entity)
  })
  const finished = new Promise((done) => simulation.finished.addEventListener(done))
  simulation.start(true)
  await finished
}
