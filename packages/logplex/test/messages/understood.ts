import { expect } from 'vitest'
import { type LogMessage, parseMessage } from '../../src/index.js'

/** A line of a form that Heroku's documentation and public logs show; names and hosts are our own. */
export type Sample = readonly [source: string, process: string, text: string, message: LogMessage]

export function expectUnderstood(samples: readonly Sample[]): void {
  for (const [source, process, text, message] of samples) {
    expect(parseMessage(source, process, text), text).toEqual(message)
  }
}
