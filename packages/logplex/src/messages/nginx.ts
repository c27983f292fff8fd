import { PhraseBook } from './phrase-book.js'
import { any, number, plain, word, words } from './template.js'

/** A request as Bamboo's nginx logged it in 2010 and 2011, parted by bars. */
export interface NginxRequestMessage {
  readonly type: 'nginx-request'
  readonly method: string
  readonly path: string
  /** `HTTP/1.1`. */
  readonly protocol: string
  /** Address of the client. */
  readonly address: string
  /** Bytes that the client got. */
  readonly bytes: number
  /** `http` or `https`. */
  readonly scheme: string
  readonly status: number
}

/** The same in nginx' combined format, with the host at its end, as of late 2011. */
export interface NginxCombinedMessage {
  readonly type: 'nginx-combined'
  /** Address of the client. */
  readonly address: string
  /** User of basic authentication; `-`: none. */
  readonly user: string
  /** When, as the line prints it: `06/Jun/2012:16:40:26 +0000`. */
  readonly at: string
  readonly method: string
  readonly path: string
  /** `HTTP/1.1`. */
  readonly protocol: string
  readonly status: number
  /** Bytes that the client got. */
  readonly bytes: number
  /** `-`: none. */
  readonly referrer: string
  readonly userAgent: string
  readonly host: string
}

/** What `heroku[nginx]` says. */
export type NginxMessage = NginxRequestMessage | NginxCombinedMessage

const METHOD = word('method')
const PROTOCOL = word('protocol')
const ADDRESS = word('address')
const STATUS = number('status')
const BYTES = number('bytes')

/** Sources: Heroku Dev Center, "Heroku Error Codes", 2010; public logs of 2011 to 2013. */
export const NGINX: PhraseBook<NginxMessage> = new PhraseBook<NginxMessage>()
  .add(
    { type: 'nginx-request' },
    words`${METHOD} ${any('path')} ${PROTOCOL} | ${ADDRESS} | ${BYTES} | ${word('scheme')} | ${STATUS}`,
  )
  .add(
    { type: 'nginx-combined' },
    words`${ADDRESS} - ${word('user')} [${quoted('at')}] "${METHOD} ${quoted('path')} ${PROTOCOL}" ${STATUS} ${BYTES} "${quoted('referrer')}" "${quoted('userAgent')}" ${word('host')}`,
  )

function quoted(field: string): ReturnType<typeof plain> {
  return plain(field, '[^"]*')
}
