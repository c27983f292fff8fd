import type { HttpRequest, LogSink, LogSource } from '@celadon/contracts'
import type { MetricsMonitor } from './metrics/metrics-monitor.js'

/** The way of the dynos' lines to the log, past the one who reads the app's metrics from them. */
export class AppLog implements LogSink {
  constructor(
    private readonly log: LogSink,
    private readonly metrics: MetricsMonitor,
  ) {}

  write(source: LogSource, process: string, text: string): void {
    if (source === 'app') this.metrics.printed(text)
    this.log.write(source, process, text)
  }

  writeRequest(source: LogSource, process: string, request: HttpRequest): void {
    this.log.writeRequest(source, process, request)
  }
}
