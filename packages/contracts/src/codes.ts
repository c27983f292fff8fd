/** Who brought an error about: the app, its user, the platform or the operator's own doing. */
export type Blame = 'app' | 'client' | 'platform' | 'operator'

/** Codes of router errors. */
export type HCode =
  | 'H10'
  | 'H11'
  | 'H12'
  | 'H13'
  | 'H14'
  | 'H15'
  | 'H17'
  | 'H18'
  | 'H19'
  | 'H20'
  | 'H21'
  | 'H22'
  | 'H23'
  | 'H24'
  | 'H25'
  | 'H26'
  | 'H27'
  | 'H28'
  | 'H31'
  | 'H32'
  | 'H33'
  | 'H34'
  | 'H80'
  | 'H81'
  | 'H82'
  | 'H83'
  | 'H99'

/** Codes of dyno errors. */
export type RCode = 'R10' | 'R12' | 'R13' | 'R14' | 'R15' | 'R16' | 'R17' | 'R99'

/** Codes of logging errors. */
export type LCode = 'L10' | 'L11' | 'L12' | 'L13' | 'L14' | 'L15'

/** An entry of the router's error table. */
export interface HCodeEntry {
  /** Text of `desc=` in the log line. */
  readonly description: string
  /** HTTP status that the client gets. */
  readonly status: number
  /** Value of `at=` in the log line. */
  readonly level: 'error' | 'warning' | 'info'
  readonly blame: Blame
  readonly when: string
}

/**
 * Router errors. Source: Heroku Dev Center, "Heroku Error Codes", copies of 2010 to 2026. The table
 * is complete for the codes of today's routers; which of them a model produces is told by its
 * fidelity page.
 */
export const H_CODES: Readonly<Record<HCode, HCodeEntry>> = {
  H10: entry('App crashed', 503, 'error', 'app', 'every web dyno has crashed'),
  H11: entry('Backlog too deep', 503, 'error', 'operator', 'too many open requests per web dyno'),
  H12: entry('Request timeout', 503, 'error', 'app', 'no first byte within 30 seconds'),
  H13: entry(
    'Connection closed without response',
    503,
    'error',
    'app',
    'the dyno closed the connection before it wrote anything',
  ),
  H14: entry('No web processes running', 503, 'error', 'operator', 'web is scaled to 0'),
  H15: entry('Idle connection', 503, 'error', 'app', 'the dyno sent nothing for 55 seconds'),
  H17: entry('Poorly formatted HTTP response', 503, 'error', 'app', 'the response is malformed'),
  H18: entry(
    'Server Request Interrupted',
    503,
    'error',
    'app',
    'the dyno closed the connection in the middle of a response',
  ),
  H19: entry(
    'Backend connection timeout',
    503,
    'error',
    'app',
    'connecting to a dyno took over 5 seconds on the last attempt',
  ),
  H20: entry('App boot timeout', 503, 'error', 'app', 'no dyno came up within 75 seconds'),
  H21: entry(
    'Backend connection refused',
    503,
    'error',
    'app',
    'the last dyno that was tried refused the connection',
  ),
  H22: entry(
    'Connection limit reached',
    503,
    'error',
    'operator',
    'a router is out of connections',
  ),
  H23: entry('Endpoint misconfigured', 503, 'error', 'operator', 'a WebSocket handshake failed'),
  H24: entry('Forced close', 503, 'error', 'platform', 'a router was shut down'),
  H25: entry('HTTP restriction', 502, 'error', 'app', 'the response breaks a limit'),
  H26: entry('Request Error', 400, 'error', 'client', 'the request breaks the protocol'),
  H27: entry('Client Request Interrupted', 499, 'warning', 'client', 'the client went away'),
  H28: entry('Client Connection Idle', 499, 'warning', 'client', 'the client fell silent for 55 s'),
  H31: entry('Misdirected Request', 421, 'error', 'client', 'HTTP/2 request for another host'),
  H32: entry('TLS Certificate Mismatch', 495, 'error', 'operator', 'certificate does not match'),
  H33: entry('HTTP/2 Stream Broken', 503, 'error', 'client', 'an HTTP/2 stream failed'),
  H34: entry('All up dynos are quarantined', 503, 'error', 'app', 'no dyno accepts connections'),
  H80: entry('Maintenance mode', 503, 'info', 'operator', 'maintenance mode is on'),
  H81: entry('Blank app', 502, 'info', 'operator', 'nothing was deployed yet'),
  H82: entry('Free dyno quota exhausted', 503, 'info', 'operator', 'no dyno hours are left'),
  H83: entry('Planned Service Degradation', 503, 'info', 'platform', 'a planned brown-out'),
  H99: entry('Platform error', 503, 'error', 'platform', 'an internal error'),
}

/**
 * Dyno errors: the text after `heroku[web.1]: `. Source: Heroku Dev Center, "Heroku Error Codes".
 * Where a text names a time, it is today's.
 */
export const R_CODES: Readonly<Record<RCode, string>> = {
  R10: 'Error R10 (Boot timeout) -> Web process failed to bind to $PORT within 60 seconds of launch',
  R12: 'Error R12 (Exit timeout) -> At least one process failed to exit within 30 seconds of SIGTERM',
  R13: 'Error R13 (Attach error) -> Failed to attach to process',
  R14: 'Error R14 (Memory quota exceeded)',
  R15: 'Error R15 (Memory quota vastly exceeded)',
  R16: 'Error R16 (Detached) -> An attached process is not responding to SIGHUP after its external connection was closed.',
  R17: 'Error R17 (Checksum error) -> Checksum does match expected value.',
  R99: 'Error R99 (Platform error)',
}

/** Logging errors and what they mean. Source: Heroku Dev Center, "Heroku Error Codes". */
export const L_CODES: Readonly<Record<LCode, string>> = {
  L10: 'Drain buffer overflow',
  L11: 'Tail buffer overflow',
  L12: 'Local buffer overflow',
  L13: 'Local delivery error',
  L14: 'Certificate validation error',
  L15: 'Tail buffer temporarily unavailable',
}

function entry(
  description: string,
  status: number,
  level: HCodeEntry['level'],
  blame: Blame,
  when: string,
): HCodeEntry {
  return { description, status, level, blame, when }
}
