import { closeSync, openSync, writeSync } from 'node:fs'
import { createLogplex } from '@celadon/logplex'

/** The log of the app, kept as `heroku logs` needs it, and read by nobody. */
export function openKeptLog(simulation) {
  return { logplex: newLogplex(simulation), close() {} }
}

/** The log of the app, written to a file from the first line to the last. */
export function openLogFile(simulation, path) {
  const logplex = newLogplex(simulation)
  const file = openSync(path, 'w')
  const firehose = logplex.firehose((chunk) => {
    for (let written = 0; written < chunk.length; ) written += writeSync(file, chunk, written)
  })
  return {
    logplex,
    close() {
      firehose.close()
      closeSync(file)
    },
  }
}

function newLogplex(simulation) {
  return createLogplex({ simulation, generation: 'router-2.0', host: 'shop-1a2b3c.herokuapp.com' })
}
