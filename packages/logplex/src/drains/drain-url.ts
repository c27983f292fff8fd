import { argumentInvalid } from '../errors.js'

/** How a drain sends. */
type DrainScheme = 'syslog' | 'syslog+tls' | 'https' | 'http'

const SCHEMES: Readonly<Record<DrainScheme, true>> = {
  syslog: true,
  'syslog+tls': true,
  https: true,
  http: true,
}
/** Scheme, user and password, host and port, path. */
const DRAIN_URL =
  /^([a-z+]+):\/\/(?:([^/@\s]*)@)?((?:[\w.-]+|\[[\da-f:]+\])(?::(\d{1,5}))?)(\/\S*)?$/i
const PORT_MAX = 65_535

/** What a drain's URL says. */
export interface DrainUrl {
  readonly scheme: DrainScheme
  /** The URL as logs show it: without user and password, with a path. */
  readonly shown: string
}

/** @throws `LOGPLEX_ARGUMENT_INVALID` when logplex would not take the URL */
export function parseDrainUrl(url: string): DrainUrl {
  const [, name = '', user, host = '', port = '1', path] = DRAIN_URL.exec(url) ?? []
  const scheme = name.toLowerCase()
  if (!isScheme(scheme) || Number(port) < 1 || Number(port) > PORT_MAX) throw refused(url)
  const syslog = !scheme.startsWith('http')
  if (syslog && (user !== undefined || (path ?? '/') !== '/')) throw refused(url)
  return { scheme, shown: `${scheme}://${host}${path ?? '/'}` }
}

function isScheme(scheme: string): scheme is DrainScheme {
  return Object.hasOwn(SCHEMES, scheme)
}

function refused(url: string): Error {
  return argumentInvalid(
    `the url of a drain must be syslog://host:port, syslog+tls://host:port or https://user:password@host/path, but was ${JSON.stringify(url)}`,
  )
}
