import { systemCode } from '../command-error.js'

const NOT_TRUSTED = 'is signed by an authority that is not trusted'

/** What is wrong with a consumer's certificate, by the code of Node.js. */
const CERTIFICATE_PROBLEMS: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'is signed by itself',
  SELF_SIGNED_CERT_IN_CHAIN: NOT_TRUSTED,
  UNABLE_TO_GET_ISSUER_CERT: NOT_TRUSTED,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: NOT_TRUSTED,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: NOT_TRUSTED,
  CERT_HAS_EXPIRED: 'has expired',
  CERT_NOT_YET_VALID: 'is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'is for another host',
}

/** A certificate that is not trusted can be; the others have to be replaced. */
const TRUSTABLE = / signed by /
const HOW_TO_TRUST =
  'to trust it, set NODE_EXTRA_CA_CERTS to a file with the certificate of its authority'

const UNKNOWN_HOST = 'the host is not known'
const UNREACHABLE = 'the host cannot be reached'
const CLOSED = 'the consumer closed the connection'
const NO_TLS = 'the consumer does not speak TLS'

/** What is wrong with a connection, by the code of Node.js. */
const CONNECTION_PROBLEMS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused: nobody listens there',
  ENOTFOUND: UNKNOWN_HOST,
  EAI_AGAIN: UNKNOWN_HOST,
  EHOSTUNREACH: UNREACHABLE,
  ENETUNREACH: UNREACHABLE,
  ETIMEDOUT: 'no answer in time',
  ECONNRESET: CLOSED,
  EPIPE: CLOSED,
  ERR_STREAM_DESTROYED: CLOSED,
  ERR_STREAM_WRITE_AFTER_END: CLOSED,
  EPROTO: NO_TLS,
  ERR_SSL_WRONG_VERSION_NUMBER: NO_TLS,
}

/** What a parser of HTTP does not understand. */
const NO_HTTP = /^HPE_/

/** Problems that do not pass. */
const LASTING = new Set(['ENOTFOUND', 'EPROTO', ...Object.keys(CERTIFICATE_PROBLEMS)])

/** Why a connection failed, in words that follow its URL. */
export function connectionProblem(error: unknown): string {
  const code = systemCode(error) ?? ''
  const certificate = CERTIFICATE_PROBLEMS[code]
  if (certificate !== undefined) {
    const hint = TRUSTABLE.test(certificate) ? `; ${HOW_TO_TRUST}` : ''
    return `its certificate ${certificate}${hint}`
  }
  if (NO_HTTP.test(code)) return 'its answer is not HTTP'
  return CONNECTION_PROBLEMS[code] ?? (code || String(error))
}

/** Whether it is of no use to try again. */
export function isLasting(error: unknown): boolean {
  return LASTING.has(systemCode(error) ?? '')
}

/** An error for a consumer that closed the connection, as it is said of one that broke. */
export function hungUp(): Error {
  return Object.assign(new Error(CLOSED), { code: 'ECONNRESET' })
}
