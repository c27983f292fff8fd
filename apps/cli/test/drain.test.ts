import { describe, expect, test } from 'vitest'
import { celadon, folderWith } from './celadon.js'
import { messagesIn, startPostServer, startSyslogServer } from './drain-consumers.js'

const LOG = [
  '2026-03-02T09:43:06.123456+00:00 app[web.1]: one',
  '2026-03-02T10:43:06.123456+00:00 heroku[router]: at=info method=GET path="/"',
  '2026-03-02T11:43:06.123456+00:00 app[web.1]: three',
  '',
].join('\n')

function logFile(): string {
  return `${folderWith({ 'app.log': LOG })}/app.log`
}

describe('celadon logs --drain', () => {
  test('sends all lines instead of showing them, and says how many', async () => {
    const server = await startSyslogServer()
    const ended = await celadon(['logs', logFile(), '--drain', server.url])
    expect(ended).toEqual({
      code: 0,
      stdout: '',
      stderr: `Sent 3 messages in 1 batch to ${server.url}.\n`,
    })
    expect(messagesIn(server.bytes(), 'syslog')).toEqual([
      'app[web.1]: one',
      'heroku[router]: at=info method=GET path="/"',
      'app[web.1]: three',
    ])
  })

  test('sends only the lines that are asked for', async () => {
    const { port, posts } = await startPostServer(() => 204)
    const url = `http://127.0.0.1:${port}/`
    const { code } = await celadon(['logs', logFile(), '-s', 'app', '-n', '1', '--drain', url])
    expect(code).toBe(0)
    expect(posts.map(({ body }) => messagesIn(body, 'https'))).toEqual([['app[web.1]: three']])
  })

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('sends each line when it is due, until %s', async (signal, exitCode) => {
    let interrupt = (): void => {}
    const server = await startSyslogServer((socket) => socket.once('data', () => interrupt()))
    const { code, stderr } = await celadon(['logs', logFile(), '-f', '--drain', server.url], {
      onStart: (child) => {
        interrupt = () => child.kill(signal)
      },
    })
    expect(code).toBe(exitCode)
    expect(stderr).toBe(`Sent 1 message in 1 batch to ${server.url}.\n`)
    expect(messagesIn(server.bytes(), 'syslog')).toEqual(['app[web.1]: one'])
  })

  test('does not even connect without a log', async () => {
    const server = await startSyslogServer()
    const { code, stderr } = await celadon(['logs', 'missing.log', '--drain', server.url])
    expect(code).toBe(2)
    expect(stderr).toContain('missing.log: does not exist')
    expect(server.sockets).toEqual([])
  })

  // The first page of memory cannot be read, though its file can be opened.
  test.skipIf(process.platform !== 'linux')('hangs up when the log breaks off', async () => {
    const server = await startSyslogServer()
    const { code, stderr } = await celadon(['logs', '/proc/self/mem', '--drain', server.url])
    expect(code).toBe(2)
    expect(stderr).toContain('/proc/self/mem: cannot be read')
    expect(server.sockets).toHaveLength(1)
  })

  test('tells that the server broke off while it read the end', async () => {
    const server = await startSyslogServer((socket) => {
      socket.once('data', () => socket.resetAndDestroy())
    })
    const { code, stderr } = await celadon(['logs', logFile(), '--drain', server.url])
    expect(code).toBe(2)
    expect(stderr).toContain(`--drain ${server.url}: the consumer closed the connection; `)
  })

  test.each([
    ['udp://127.0.0.1:514', 'is no URL of a drain; accepted: syslog://HOST:PORT'],
    ['syslog://127.0.0.1:1', 'connection refused: nobody listens there'],
  ])('tells what is wrong with %s', async (url, problem) => {
    const { code, stdout, stderr } = await celadon(['logs', logFile(), '--drain', url])
    expect(code).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toContain(`--drain ${url}: ${problem}`)
  })
})
