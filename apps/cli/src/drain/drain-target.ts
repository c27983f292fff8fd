import { CommandError } from '../command-error.js'

/** Where a drain sends to. */
export type DrainTarget = SyslogTarget | PostTarget

export interface SyslogTarget {
  readonly type: 'syslog'
  readonly tls: boolean
  readonly host: string
  readonly port: number
  /** The URL as it may be shown: without user and password. */
  readonly shown: string
}

export interface PostTarget {
  readonly type: 'post'
  readonly tls: boolean
  /** Without user and password. */
  readonly url: URL
  /** `user:password`, or empty. */
  readonly auth: string
  readonly shown: string
}

const ACCEPTED =
  'accepted: syslog://HOST:PORT, syslog+tls://HOST:PORT, https://USER:PASSWORD@HOST/PATH or http://HOST:PORT/PATH'

/** @throws CommandError when it is no URL of a drain */
export function parseDrainTarget(text: string): DrainTarget {
  const url = URL.canParse(text) ? new URL(text) : null
  switch (url?.protocol) {
    case 'syslog:':
    case 'syslog+tls:':
      return syslogTarget(url)
    case 'http:':
    case 'https:':
      return postTarget(url)
    default:
      throw new CommandError(`--drain ${text}: is no URL of a drain; ${ACCEPTED}`)
  }
}

function syslogTarget(url: URL): SyslogTarget {
  const { hostname, port, protocol, pathname, search, hash } = url
  const shown = `${protocol}//${url.host}`
  const refused = (problem: string) => new CommandError(`--drain ${shown}: ${problem}; ${ACCEPTED}`)
  if (hostname === '') throw refused('has no host')
  if (port === '' || port === '0') throw refused('has no port')
  if (url.username !== '' || url.password !== '') throw refused('syslog takes no user or password')
  if (pathname.length > 1 || search !== '' || hash !== '') throw refused('syslog has no path')
  // IPv6 addresses stand in brackets.
  const host = hostname.replace(/^\[(.*)\]$/, '$1')
  return { type: 'syslog', tls: protocol === 'syslog+tls:', host, port: Number(port), shown }
}

function postTarget(url: URL): PostTarget {
  const { username, password, protocol } = url
  const auth = username + password === '' ? '' : `${part(username)}:${part(password)}`
  const bare = new URL(url)
  bare.username = ''
  bare.password = ''
  bare.hash = ''
  return { type: 'post', tls: protocol === 'https:', url: bare, auth, shown: bare.href }
}

/** A part of a URL as it was before it was percent-encoded. */
function part(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
