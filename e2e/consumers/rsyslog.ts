import { existsSync, readFileSync, watch, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Certificate } from './certificate.js'
import { Daemon } from './daemon.js'
import { listening } from './ports.js'
import { readReceived, type StartReceiver } from './syslog-receiver.js'
import { debianEnvironment, debianFile, libraryFolder } from './tools.js'

/** Files that rsyslog needs. */
export const RSYSLOG = ['debian/usr/sbin/rsyslogd'] as const

/** Starts rsyslog. It chooses its port and writes it into a file. */
export const startRsyslog: StartReceiver = async (folder, certificate) => {
  const [config, port, messages] = ['rsyslog.conf', 'port', 'messages'].map((name) =>
    join(folder, name),
  ) as [string, string, string]
  writeFileSync(config, configuration(folder, port, messages, certificate))
  const opened = portIn(folder, port)
  const modules = libraryFolder('rsyslog')
  const args = ['-n', '-f', config, '-i', join(folder, 'pid'), '-M', modules]
  const daemon = new Daemon(debianFile('usr/sbin/rsyslogd'), args, debianEnvironment(folder))
  // It writes the port a moment before it listens.
  await daemon.ready(opened.then(listening))
  return {
    port: await opened,
    stop: async () => {
      await daemon.stop()
      return readReceived(messages)
    },
  }
}

/** Waits until there is a port in the file. */
function portIn(folder: string, file: string): Promise<number> {
  return new Promise((resolve) => {
    const watcher = watch(folder, () => {
      const port = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0
      if (port === 0) return
      watcher.close()
      resolve(port)
    })
  })
}

function configuration(
  folder: string,
  port: string,
  messages: string,
  certificate: Certificate | null,
): string {
  const files =
    certificate === null
      ? ''
      : `defaultNetstreamDriverCAFile="${certificate.authorityFile}"
         defaultNetstreamDriverCertFile="${certificate.certificateFile}"
         defaultNetstreamDriverKeyFile="${certificate.keyFile}"`
  const driver =
    certificate === null
      ? ''
      : 'streamDriver.name="ossl" streamDriver.mode="1" streamDriver.authMode="anon"'
  return `
global(workDirectory="${folder}" maxMessageSize="16k" net.enableDNS="off"
       parser.escapeControlCharactersOnReceive="off" ${files})
main_queue(queue.timeoutShutdown="20000")
module(load="imtcp" maxFrameSize="16384")
input(type="imtcp" address="127.0.0.1" port="0" listenPortFileName="${port}" ${driver})
template(name="message" type="list") {
  constant(value="{")
  property(name="pri" outname="priority" format="jsonf") constant(value=",")
  property(name="timereported" outname="time" dateFormat="rfc3339" format="jsonf") constant(value=",")
  property(name="hostname" outname="host" format="jsonf") constant(value=",")
  property(name="app-name" outname="source" format="jsonf") constant(value=",")
  property(name="procid" outname="process" format="jsonf") constant(value=",")
  property(name="msgid" outname="messageId" format="jsonf") constant(value=",")
  property(name="msg" outname="text" format="jsonf")
  constant(value="}\\n")
}
action(type="omfile" file="${messages}" template="message")
`
}
