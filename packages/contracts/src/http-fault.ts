/**
 * What is wrong with a request, so that the router answers it without a dyno. Limits: request line
 * and header lines of 8192 bytes, 1000 headers. Source: Heroku Dev Center, "HTTP Routing" (2014).
 *
 * - `oversized request line`, `oversized header line`, `too many headers`: status 400, no H-code
 * - `unsupported expect header value`: H26 with status 417
 * - `bad header`, `bad chunk`: H26 with status 400
 */
export type RequestFault =
  | 'oversized request line'
  | 'oversized header line'
  | 'too many headers'
  | 'unsupported expect header value'
  | 'bad header'
  | 'bad chunk'

/**
 * What is wrong with a response, so that the router does not hand it on. Source: Heroku Dev Center,
 * "Heroku Error Codes".
 *
 * - `poorly formatted`: H17, a malformed status line or header
 * - `invalid content length`, `oversized cookie`, `oversized header`, `oversized status line`: H25
 */
export type ResponseFault =
  | 'poorly formatted'
  | 'invalid content length'
  | 'oversized cookie'
  | 'oversized header'
  | 'oversized status line'
