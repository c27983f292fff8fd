import type { HCode, RequestFault, ResponseFault } from '@celadon/contracts'

/** A code of `H_CODES`, or another one that was read from a log, as the H70 of 2013. */
export type RouterCode = HCode | `H${number}`

/** What a router logs about a request. `null` prints an empty field, as `connect=`. */
export interface RouterLine {
  /** Why the router failed the request, an H-code; empty when it did not. */
  readonly code: RouterCode | ''
  /** `desc=`, where it is not the usual one of the code and the generation. */
  readonly description?: string
  /** What was wrong, for H25 and H26, which name it; `null` otherwise. */
  readonly fault: ResponseFault | RequestFault | null
  readonly method: string
  readonly path: string
  readonly host: string
  readonly requestId: string
  /** Address of the client. */
  readonly fwd: string
  /** Name of the dyno; empty when none was reached. */
  readonly dyno: string
  /** Requests of the app that waited in the router. */
  readonly queue: number | null
  /** Time in that queue, in milliseconds. */
  readonly waitMs: number | null
  /** Time to connect to the dyno, in milliseconds. */
  readonly connectMs: number | null
  /** Time from connected to answered, the wait on the dyno included, in milliseconds. */
  readonly serviceMs: number | null
  /** HTTP status that the client got. */
  readonly status: number | null
  /** Bytes that went to the client. */
  readonly bytes: number | null
  /**
   * `protocol=`: `http`, `https`, `http1.1` or `http2.0`. Default: `https` on `common-runtime-2019`,
   * `http1.1` on `router-2.0`. Earlier generations do not print it.
   */
  readonly protocol?: string
  /** `tls=`, on `router-2.0` only. Default `true`. */
  readonly tls?: boolean
  /**
   * `tls_version=`. Default on `router-2.0`: `unknown` for hosts on `herokuapp.com`, `tls1.3`
   * otherwise. Default on `common-runtime-2019`: not printed; routers of Private Spaces did print it.
   */
  readonly tlsVersion?: string
}
