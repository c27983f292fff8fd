import type { HttpRequest } from './request.js'

/** Who wrote a log line: the app's own processes and add-ons, or the platform. */
export type LogSource = 'app' | 'heroku'

/** Where every component writes its log lines. `@celadon/logplex` is one. */
export interface LogSink {
  /**
   * A line of text at the current virtual time.
   *
   * @param process what stands in brackets after the source: `web.1`, `api`, `heroku-postgres`
   */
  write(source: LogSource, process: string, text: string): void
  /**
   * A line about a finished request: the router's access line (`heroku`, `router`) or the app's own
   * (`app`, `web.1`). The text is made only if somebody reads it.
   */
  writeRequest(source: LogSource, process: string, request: HttpRequest): void
}
