import { type Generation, R_CODES, type RCode } from '@celadon/contracts'
import type { ManifoldSettings } from '../settings.js'

/** How a generation words the lines about a dyno's life. */
export interface Wording {
  /** What a dyno that does not run is called. */
  readonly down: string
  starting(command: string): string
  exited(status: number): string
  readonly sigterm: string
  readonly sigkill: string
  readonly exitTimeout: string
}

/** Source: Heroku Dev Center, "Heroku Error Codes" (2010, 2011). */
const WORDING_2010: Wording = {
  down: 'created',
  starting: (command) => `Starting process with command: \`${command}\``,
  exited: () => 'Process exited',
  sigterm: 'Stopping process with SIGTERM',
  sigkill: 'Stopping process with SIGKILL',
  exitTimeout: 'Error R12 (Exit timeout) -> Process failed to exit within 30 seconds of SIGTERM',
}

/** Sources: application logs of 2012 and 2013; Heroku Dev Center, "Heroku Error Codes" (2012). */
const WORDING_2012: Wording = {
  down: 'down',
  starting: (command) => `Starting process with command \`${command}\``,
  exited: (status) => `Process exited with status ${status}`,
  sigterm: 'Stopping all processes with SIGTERM',
  sigkill: 'Stopping remaining processes with SIGKILL',
  exitTimeout: WORDING_2010.exitTimeout,
}

const WORDING_2019: Wording = { ...WORDING_2012, exitTimeout: R_CODES.R12 }

/** The wording of each generation. */
export const WORDINGS: Readonly<Record<Generation, Wording>> = {
  'bamboo-2010': WORDING_2010,
  'cedar-2012': WORDING_2012,
  'common-runtime-2019': WORDING_2019,
  'router-2.0': WORDING_2019,
}

/** The text of a fault, with the time that these settings allow. */
export function faultText(code: RCode, wording: Wording, settings: ManifoldSettings): string {
  const text = code === 'R12' ? wording.exitTimeout : R_CODES[code]
  const allowedMs = code === 'R10' ? settings.bootTimeoutMs : settings.graceMs
  return text.replace(/\d+ seconds/, `${allowedMs / 1000} seconds`)
}
