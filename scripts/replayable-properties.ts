import fc from 'fast-check'
import { expect } from 'vitest'

/**
 * Properties start from a fixed seed, so a run of the tests is as repeatable as a simulation.
 * `FC_SEED=N` explores others; a property that fails prints the command that replays it.
 */
const { FC_SEED, FC_PATH } = process.env

fc.configureGlobal({
  seed: FC_SEED === undefined ? 1 : Number(FC_SEED),
  ...(FC_PATH === undefined ? {} : { path: FC_PATH }),
  reporter(details) {
    if (!details.failed) return
    const { testPath = '', currentTestName = '' } = expect.getState()
    const file = testPath.split('/').slice(-3).join('/')
    const name = currentTestName.replaceAll(' > ', ' ').replace(/[^\w ]/g, '.')
    const replay = `FC_SEED=${details.seed} FC_PATH=${details.counterexamplePath} pnpm test ${file} -t '${name}'`
    throw new Error(`${fc.defaultReportMessage(details)}\nReplay: ${replay}`, {
      cause: details.errorInstance,
    })
  },
})
