import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Certificate } from './certificate.js'
import { Daemon } from './daemon.js'
import { freePort } from './ports.js'
import { readReceived, type StartReceiver } from './syslog-receiver.js'
import { debianEnvironment, debianFile } from './tools.js'

/** Files that syslog-ng needs. */
export const SYSLOG_NG = ['debian/usr/sbin/syslog-ng'] as const

const VERSION = '3.38'

/** Starts syslog-ng. It does not tell the port that it chooses, so it gets one that is free. */
export const startSyslogNg: StartReceiver = async (folder, certificate) => {
  const port = await freePort()
  const file = (name: string): string => join(folder, name)
  const messages = file('messages')
  writeFileSync(file('syslog-ng.conf'), configuration(port, messages, certificate))
  const args = [
    ...['--foreground', '--stderr', '--cfgfile', file('syslog-ng.conf')],
    ...['--persist-file', file('persist'), '--pidfile', file('pid'), '--control', file('control')],
    ...['--module-path', debianFile(`usr/lib/syslog-ng/${VERSION}`)],
  ]
  const daemon = new Daemon(debianFile('usr/sbin/syslog-ng'), args, debianEnvironment(folder))
  await daemon.ready(daemon.says('starting up'))
  return {
    port,
    stop: async () => {
      await daemon.stop()
      return readReceived(messages)
    },
  }
}

function configuration(port: number, messages: string, certificate: Certificate | null): string {
  const transport =
    certificate === null
      ? 'transport("tcp")'
      : `transport("tls") tls(key-file("${certificate.keyFile}")
           cert-file("${certificate.certificateFile}") peer-verify(optional-untrusted))`
  const fields =
    'priority=$PRI time=$S_ISODATE host=$HOST source=$PROGRAM process=$PID messageId=$MSGID text=$MSG'
  return `
@version: ${VERSION}
options {
  keep-hostname(yes); use-dns(no); dns-cache(no); log-msg-size(16384); stats-freq(0); frac-digits(6);
};
source drain { syslog(ip("127.0.0.1") port(${port}) ${transport}); };
destination messages { file("${messages}" template("$(format-json --scope none ${fields})\\n")); };
log { source(drain); destination(messages); flags(flow-control); };
`
}
