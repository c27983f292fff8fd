import { createLogReader, type LogReader, parseMetrics, type ReadLine } from '@celadon/logplex'
import { createSampleTable, type SampleTable } from '@celadon/report'

/** Reads a log and writes what its lines measure as a Parquet table. */
export class SampleReader {
  private readonly reader: LogReader
  private readonly table: SampleTable
  private readonly words = new Words()

  constructor(write: (bytes: Uint8Array) => void) {
    this.table = createSampleTable(write)
    this.reader = createLogReader({ onLine: (line) => this.addSamples(line) })
  }

  /** Takes the next bytes of the log. */
  push(chunk: Uint8Array): void {
    this.reader.push(chunk)
  }

  close(): void {
    this.reader.end()
    this.table.close()
  }

  private addSamples(line: ReadLine): void {
    const { table, words } = this
    const { atMicros } = line
    if (atMicros === null) return
    for (const { kind, value, ...metric } of metricsOf(line)) {
      const [source, process] = [words.own(line.source), words.own(line.process)]
      const [name, unit] = [words.own(metric.name), words.own(metric.unit)]
      table.append({ atMicros, source, process, name, kind, value, unit })
    }
  }
}

/** Words that come again and again, as texts of their own: those of a line keep much of the log alive. */
class Words {
  private readonly known = new Map<string, string>()

  own(word: string): string {
    const known = this.known.get(word)
    if (known !== undefined) return known
    const copy = Buffer.from(word).toString()
    this.known.set(copy, copy)
    return copy
  }
}

function metricsOf({ message }: ReadLine): ReturnType<typeof parseMetrics>['metrics'] {
  switch (message.type) {
    case 'runtime-metrics':
    case 'add-on-metrics':
      return message.samples
    case 'metrics':
      return message.metrics
    case 'text':
      return parseMetrics(message.text).metrics
    default:
      return []
  }
}
