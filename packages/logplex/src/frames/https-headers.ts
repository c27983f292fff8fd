/** What {@link httpsHeaders} puts into the headers. */
export interface HttpsHeadersOptions {
  /** Token of the drain, `d.` and a UUID. */
  readonly token: string
  /** Messages in the body. */
  readonly messages: number
  /** Name of the body, the same when it is sent again; {@link frameId} makes one. */
  readonly frameId: string
}

/** Headers of a drain's POST, without those that every HTTP client adds itself. */
export interface HttpsHeaders {
  readonly 'Content-Type': 'application/logplex-1'
  readonly 'Logplex-Msg-Count': string
  readonly 'Logplex-Frame-Id': string
  readonly 'Logplex-Drain-Token': string
  readonly 'User-Agent': string
}

/**
 * The headers with which an HTTPS drain posts frames. User name and password of the drain's URL go
 * into the header `Authorization`, as with any request. Source: Heroku Dev Center, "Log Drains";
 * logplex's source. The number in `User-Agent` rises over the years; 49 is of 2013.
 */
export function httpsHeaders(options: HttpsHeadersOptions): HttpsHeaders {
  return {
    'Content-Type': 'application/logplex-1',
    'Logplex-Msg-Count': String(options.messages),
    'Logplex-Frame-Id': options.frameId,
    'Logplex-Drain-Token': options.token,
    'User-Agent': 'Logplex/v49',
  }
}
