import { once } from 'node:events'
import type { Writable } from 'node:stream'
import { formatTimestamp, type ReadLine } from '@celadon/logplex'
import type { Colorizer } from './colorize.js'
import type { LineSink } from './line-sink.js'

/** Characters that are written at once. */
const WRITE_LENGTH = 65_536

/** Prints lines as fast as the stream takes them. */
export class PrintedLines implements LineSink {
  private text = ''

  constructor(
    private readonly stream: Writable,
    private readonly colorizer: Colorizer,
    private readonly signal: AbortSignal,
  ) {}

  add(line: ReadLine, wholeSeconds: boolean): Promise<void> | undefined {
    this.text += `${this.colorizer.text(headerOf(line, wholeSeconds), line)}\n`
    return this.text.length < WRITE_LENGTH ? undefined : this.flush()
  }

  async flush(): Promise<void> {
    const { stream, text, signal } = this
    this.text = ''
    if (text !== '' && !stream.write(text)) await once(stream, 'drain', { signal })
  }
}

/**
 * What `heroku logs` prints before a message, whatever form the line had:
 * `2026-03-02T09:43:06.123456+00:00 heroku[router]:`. Times are in UTC; what is not known is left out.
 */
function headerOf({ atMicros, source, process }: ReadLine, wholeSeconds: boolean): string {
  const generation = wholeSeconds ? 'cedar-2012' : 'router-2.0'
  const time = atMicros === null ? [] : [formatTimestamp(atMicros, generation)]
  const origin = source === '' && process === '' ? [] : [`${source}[${process}]:`]
  return [...time, ...origin].join(' ')
}
