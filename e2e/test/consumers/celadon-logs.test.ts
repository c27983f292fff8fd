// `celadon logs RUN --drain URL` sends a log to real consumers.
import { mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { celadon } from '../../consumers/celadon.js'
import { type Certificate, makeCertificate, NO_OPENSSL } from '../../consumers/certificate.js'
import { expectedMessage } from '../../consumers/expected.js'
import { checkPost, type ReceivedPost, startHttpsReceiver } from '../../consumers/https-receiver.js'
import { RSYSLOG, startRsyslog } from '../../consumers/rsyslog.js'
import { shopLog } from '../../consumers/shop-log.js'
import { SYSLOG_NG, startSyslogNg } from '../../consumers/syslog-ng.js'
import { whyMissing } from '../../consumers/tools.js'
import { removeFolder, temporaryFolder } from '../../tarballs.js'

const TOKEN = /^d\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

const folder = temporaryFolder()
afterAll(() => removeFolder(folder))

describe.skipIf(NO_OPENSSL !== '')(`celadon logs --drain ${NO_OPENSSL}`.trim(), () => {
  const { text, lines } = shopLog('router-2.0')
  const log = join(folder, 'app.log')
  let certificate: Certificate
  beforeAll(() => {
    certificate = makeCertificate(folder)
    writeFileSync(log, text)
  })

  const drain = (url: string): ReturnType<typeof celadon> =>
    celadon(['logs', log, '--drain', url], certificate.authorityFile)

  test('tells how to trust the authority that signed a certificate', async () => {
    const receiver = await startHttpsReceiver(certificate, () => 204)
    const strangers = ['https', 'syslog+tls'].map((scheme) =>
      celadon(['logs', log, '--drain', `${scheme}://localhost:${receiver.port}`], ''),
    )
    for (const { code, stderr } of await Promise.all(strangers)) {
      expect(code).toBe(2)
      expect(stderr).toContain('its certificate is signed by an authority that is not trusted')
      expect(stderr).toContain('set NODE_EXTRA_CA_CERTS to a file')
    }
    await receiver.stop()
    expect(receiver.posts).toEqual([])
  })

  describe.each([
    { name: 'rsyslog', start: startRsyslog, missing: whyMissing(...RSYSLOG) },
    { name: 'syslog-ng', start: startSyslogNg, missing: whyMissing(...SYSLOG_NG) },
  ])('to $name', ({ start, missing }) => {
    test.skipIf(missing !== '').each(['syslog', 'syslog+tls'])(
      `sends every line by %s, none twice ${missing}`.trim(),
      async (scheme) => {
        const tls = scheme === 'syslog' ? null : certificate
        const server = await start(mkdtempSync(join(folder, 'server-')), tls)
        const ended = await drain(`${scheme}://127.0.0.1:${server.port}`)
        const received = await server.stop()
        expect(ended).toMatchObject({ code: 0 })
        const token = received[0]?.host ?? ''
        expect(token).toMatch(TOKEN)
        expect(received).toEqual(lines.map((line) => expectedMessage(line, token)))
      },
    )
  })

  describe('to an HTTPS server', () => {
    async function receive(
      answer: (post: number) => number | null,
    ): Promise<{ code: number | null; posts: readonly ReceivedPost[] }> {
      const receiver = await startHttpsReceiver(certificate, answer)
      try {
        const { code } = await drain(`https://user:pass@127.0.0.1:${receiver.port}/logs?app=shop`)
        return { code, posts: receiver.posts }
      } finally {
        await receiver.stop()
      }
    }

    /** POSTs with the same frame id, in the order in which the first of them came. */
    function byFrameId(posts: readonly ReceivedPost[]): ReceivedPost[][] {
      const frames = new Map<unknown, ReceivedPost[]>()
      for (const post of posts) {
        const id = post.headers['logplex-frame-id']
        frames.set(id, [...(frames.get(id) ?? []), post])
      }
      return [...frames.values()]
    }

    test.each([
      { name: 'takes every POST', faults: [] },
      { name: 'fails at times', faults: [500, 204, 429, 503, 204, 429] },
      { name: 'takes a POST and does not answer', faults: [204, null] },
    ])('that $name', async ({ faults }) => {
      const { code, posts } = await receive((post) => {
        const fault = faults[post]
        return fault === undefined ? 204 : fault
      })
      expect(code).toBe(0)
      const token = String(posts[0]?.headers['logplex-drain-token'])
      expect(token).toMatch(TOKEN)
      const target = { path: '/logs?app=shop', auth: 'user:pass', token }
      const frames = byFrameId(posts)
      expect(frames.flatMap(([first]) => (first ? checkPost(first, target) : []))).toEqual(
        lines.map((line) => expectedMessage(line, 'host')),
      )
      // A POST that was accepted does not come again. One that was not comes the same, two times more.
      for (const tries of frames) {
        expect(tries.length).toBeLessThanOrEqual(3)
        expect(tries.map(({ status }) => status === 204)).toEqual(
          tries.map((_, index) => index === tries.length - 1),
        )
        for (const { headers, body } of tries) {
          expect(body.equals(tries[0]?.body ?? Buffer.of())).toBe(true)
          expect(headers['logplex-msg-count']).toBe(tries[0]?.headers['logplex-msg-count'])
        }
      }
    })
  })
})
