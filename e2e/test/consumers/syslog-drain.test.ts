// Two syslog servers read a drain's frames: every message, none twice, every field as it was sent.
import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { GENERATIONS } from '../../../packages/contracts/src/index.js'
import { encodeSyslogFrame, type LogLine } from '../../../packages/logplex/src/index.js'
import { type Certificate, makeCertificate, NO_OPENSSL } from '../../consumers/certificate.js'
import { expectedMessage } from '../../consumers/expected.js'
import { ODD_LINES } from '../../consumers/odd-lines.js'
import { RSYSLOG, startRsyslog } from '../../consumers/rsyslog.js'
import { sendFrames } from '../../consumers/send-frames.js'
import { shopLog } from '../../consumers/shop-log.js'
import { SYSLOG_NG, startSyslogNg } from '../../consumers/syslog-ng.js'
import type { ReceivedMessage, StartReceiver } from '../../consumers/syslog-receiver.js'
import { whyMissing } from '../../consumers/tools.js'
import { removeFolder, temporaryFolder } from '../../tarballs.js'

const TOKEN = 'd.5f0a3c1e-6f0b-4d6c-9a57-0c0d7c2e1b11'
const folder = temporaryFolder()
afterAll(() => removeFolder(folder))

async function receive(
  start: StartReceiver,
  frames: Iterable<Uint8Array>,
  tls: Certificate | null,
): Promise<ReceivedMessage[]> {
  const server = await start(mkdtempSync(join(folder, 'server-')), tls)
  try {
    await sendFrames(server.port, frames, tls?.authority ?? null)
  } catch (error) {
    await server.stop()
    throw error
  }
  return server.stop()
}

const servers = [
  { name: 'rsyslog', start: startRsyslog, missing: whyMissing(...RSYSLOG) },
  { name: 'syslog-ng', start: startSyslogNg, missing: whyMissing(...SYSLOG_NG) },
].flatMap((server) => [
  { ...server, transport: 'TCP', generations: GENERATIONS },
  {
    ...server,
    transport: 'TLS',
    generations: GENERATIONS.slice(-1),
    missing: server.missing || NO_OPENSSL,
  },
])

for (const { name, start, missing, transport, generations } of servers) {
  describe.skipIf(missing !== '')(`${name} over ${transport} ${missing}`.trim(), () => {
    let tls: Certificate | null = null
    beforeAll(() => {
      if (transport === 'TLS') tls = makeCertificate(mkdtempSync(join(folder, 'tls-')))
    })
    const expected = (lines: readonly LogLine[]): ReceivedMessage[] =>
      lines.map((line) => expectedMessage(line, TOKEN))

    test('receives odd lines whole', async () => {
      const frames = ODD_LINES.map((line) => encodeSyslogFrame(line, TOKEN))
      expect(await receive(start, frames, tls)).toEqual(expected(ODD_LINES))
    })

    test.each(generations)('receives every line of a run on %s, none twice', async (generation) => {
      const { lines } = shopLog(generation)
      const frames = lines.map((line) => encodeSyslogFrame(line, TOKEN, generation))
      expect(await receive(start, frames, tls)).toEqual(expected(lines))
    })
  })
}
