// lnav opens a written log and finds in it what we wrote.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { GENERATIONS } from '../../../packages/contracts/src/index.js'
import { LNAV, readWithLnav } from '../../consumers/lnav.js'
import { shopLog } from '../../consumers/shop-log.js'
import { whyMissing } from '../../consumers/tools.js'
import { removeFolder, temporaryFolder } from '../../tarballs.js'

const folder = temporaryFolder()
afterAll(() => removeFolder(folder))

const missing = whyMissing(...LNAV)

describe.skipIf(missing !== '')(`lnav ${missing}`.trim(), () => {
  test.each(GENERATIONS)('shows lines, times and router levels of a run on %s', (generation) => {
    const { text, lines } = shopLog(generation)
    const file = join(folder, `${generation}.log`)
    writeFileSync(file, text)
    const shown = readWithLnav(file, folder)
    expect(shown.map(({ log_actual_time, log_body }) => [log_actual_time, log_body])).toEqual(
      lines.map(({ atMicros, text }) => [lnavTime(atMicros), text]),
    )
    const isRouter = lines.map(({ process }) => process === 'router')
    expect(shown.filter((_, index) => isRouter[index]).map(({ log_level }) => log_level)).toEqual(
      lines.filter((_, index) => isRouter[index]).map((line) => routerLevel(line.text)),
    )
  })
})

function lnavTime(atMicros: number): string {
  return new Date(Math.floor(atMicros / 1000)).toISOString().replace('T', ' ').replace('Z', '')
}

/** The level that a router line states: `at=…`, or the word `Error` before there was `at`. */
function routerLevel(text: string): string {
  if (text.startsWith('Error ')) return 'error'
  return /\bat=(\w+)/.exec(text)?.[1] ?? 'info'
}
