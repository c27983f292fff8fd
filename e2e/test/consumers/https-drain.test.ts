// An HTTPS server reads a drain's POSTs and takes nothing that the article "Log Drains" does not allow.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { GENERATIONS } from '../../../packages/contracts/src/index.js'
import { encodeHttpsFrame } from '../../../packages/logplex/src/index.js'
import { type Certificate, makeCertificate, NO_OPENSSL } from '../../consumers/certificate.js'
import { expectedMessage } from '../../consumers/expected.js'
import { checkPost, startHttpsReceiver } from '../../consumers/https-receiver.js'
import { ODD_LINES } from '../../consumers/odd-lines.js'
import { postFrames } from '../../consumers/post-frames.js'
import { shopLog } from '../../consumers/shop-log.js'
import { removeFolder, temporaryFolder } from '../../tarballs.js'

const TOKEN = 'd.5f0a3c1e-6f0b-4d6c-9a57-0c0d7c2e1b11'
const folder = temporaryFolder()
afterAll(() => removeFolder(folder))

const TARGET = { path: '/logs?app=shop', auth: 'user:pass', token: TOKEN } as const

describe.skipIf(NO_OPENSSL !== '')(`an HTTPS server ${NO_OPENSSL}`.trim(), () => {
  let certificate: Certificate
  beforeAll(() => {
    certificate = makeCertificate(folder)
  })

  const logs = GENERATIONS.map((generation) => ({
    name: `every line of a run on ${generation}`,
    generation,
    linesOf: () => shopLog(generation).lines,
  }))
  const odd = { name: 'odd lines', generation: 'router-2.0' as const, linesOf: () => ODD_LINES }

  test.each([odd, ...logs])('receives $name', async ({ generation, linesOf }) => {
    const lines = linesOf()
    const receiver = await startHttpsReceiver(certificate, () => 204)
    try {
      const target = { ...TARGET, port: receiver.port, authority: certificate.authority }
      await postFrames(
        target,
        lines.map((line) => encodeHttpsFrame(line, generation)),
      )
    } finally {
      await receiver.stop()
    }
    const received = receiver.posts.flatMap((post) => checkPost(post, TARGET))
    expect(received).toEqual(lines.map((line) => expectedMessage(line, 'host')))
    const ids = receiver.posts.map(({ headers }) => headers['logplex-frame-id'])
    expect(new Set(ids).size).toBe(receiver.posts.length)
  })
})
