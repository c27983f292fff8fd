import type { Simulation } from '@celadon/kernel'
import { createLogplex, type Logplex, simulatedConsumer } from '@celadon/logplex'
import type { App } from './app.js'

/**
 * Makes the log of an app with its drains.
 *
 * @throws `LOGPLEX_ARGUMENT_INVALID` when `app.logs` is outside of what logplex accepts
 */
export function openLog(app: App, simulation: Simulation): Logplex {
  const { name, seed, generation, logs = {} } = app
  const { drains = [], ...options } = logs
  const host = `${name}.herokuapp.com`
  const logplex = createLogplex({ simulation, generation, seed, host, ...options })
  for (const { url, consumer } of drains) {
    logplex.addDrain({ url, consumer: simulatedConsumer({ scheduler: simulation, ...consumer }) })
  }
  return logplex
}
