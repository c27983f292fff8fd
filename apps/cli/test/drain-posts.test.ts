import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type DrainedLines, openDrain } from '../src/drain/drained-lines.js'
import {
  messagesIn,
  type Post,
  type Reaction,
  readLines,
  StandingClock,
  startPostServer,
  startSyslogServer,
} from './drain-consumers.js'

const NEVER = new AbortController().signal
const TRIES = 3

/** Drains five bodies' worth of lines to a server that reacts so; later POSTs are taken. */
async function drainTo(
  reactions: readonly Reaction[],
): Promise<{ posts: readonly Post[]; problem: string; clock: StandingClock; texts: string[] }> {
  const clock = new StandingClock()
  const { port, posts } = await startPostServer((post) => {
    const reaction = reactions[post] ?? 204
    if (reaction === 'silent') setImmediate(() => clock.runOut())
    return reaction
  })
  const texts = Array.from({ length: 50 }, (_, index) => `${index} ${'x'.repeat(9000)}`)
  const log = texts.map((text) => `2026-03-02T09:43:06.5+00:00 app[web.1]: ${text}\n`).join('')
  const drain = await openDrain(`http://user:p%40ss@127.0.0.1:${port}/logs?app=shop`, NEVER, clock)
  let problem = ''
  try {
    for (const line of readLines(log)) await drain.add(line, false)
    await drain.flush()
    await drain.close()
  } catch (error) {
    problem = String(error)
  } finally {
    drain.abandon()
  }
  return { posts, problem, clock, texts: texts.map((text) => `app[web.1]: ${text}`) }
}

/** Adds one line, which fills no batch. */
async function addOne(drain: DrainedLines): Promise<void> {
  for (const line of readLines('2026-03-02T09:43:06+00:00 app[web.1]: one\n')) {
    await drain.add(line, false)
  }
}

/** POSTs with the same frame id, in the order in which the first of them came. */
function byFrameId(posts: readonly Post[]): Post[][] {
  const frames = new Map<unknown, Post[]>()
  for (const post of posts) {
    const id = post.headers['logplex-frame-id']
    frames.set(id, [...(frames.get(id) ?? []), post])
  }
  return [...frames.values()]
}

describe('a drain over HTTP', () => {
  test('has the headers of a drain, and user and password of its URL', async () => {
    const { posts, problem } = await drainTo([])
    expect(problem).toBe('')
    expect(posts).toHaveLength(5)
    for (const { url, headers, body } of posts) {
      expect(url).toBe('POST /logs?app=shop')
      expect(body.length).toBeLessThan(102_400)
      expect(headers).toMatchObject({
        authorization: `Basic ${btoa('user:p@ss')}`,
        'content-type': 'application/logplex-1',
        'content-length': String(body.length),
        'logplex-msg-count': String(messagesIn(body, 'https').length),
        'logplex-drain-token': posts[0]?.headers['logplex-drain-token'],
        'user-agent': expect.stringMatching(/^Logplex\/v\d+$/),
      })
    }
  })

  test('sends a body again until it is taken, at most three times, and stops where it is not', async () => {
    const reaction = fc.constantFrom<Reaction>(204, 204, 200, 500, 503, 429, 'silent', 'hangs up')
    await fc.assert(
      fc.asyncProperty(fc.array(reaction, { maxLength: 12 }), async (reactions) => {
        const { posts, problem, texts } = await drainTo(reactions)
        const bodies = byFrameId(posts)
        for (const tries of bodies) {
          expect(tries.length).toBeLessThanOrEqual(TRIES)
          for (const [index, { body, headers, reaction }] of tries.entries()) {
            expect(body.equals(tries[0]?.body ?? Buffer.of())).toBe(true)
            expect(headers['logplex-msg-count']).toBe(tries[0]?.headers['logplex-msg-count'])
            if (index < tries.length - 1) expect([200, 204]).not.toContain(reaction)
          }
        }
        const taken = bodies.filter((tries) => typeof tries.at(-1)?.reaction === 'number')
        const failed = bodies.filter(
          (tries) => ![200, 204].includes(Number(tries.at(-1)?.reaction)),
        )
        expect(failed.length).toBe(problem === '' ? 0 : 1)
        if (problem === '') {
          const bytes = taken.map((tries) => tries[0]?.body ?? Buffer.of())
          expect(messagesIn(Buffer.concat(bytes), 'https')).toEqual(texts)
        } else {
          expect(bodies.at(-1)).toBe(failed[0])
          expect(failed[0]).toHaveLength(TRIES)
        }
      }),
      { numRuns: 40 },
    )
  })

  test('waits longer before each try', async () => {
    const { clock } = await drainTo([503, 503, 204])
    expect(clock.waits).toEqual([100, 1000])
  })

  test.each<[Reaction[], string, number]>([
    [[204, 403], 'answered 403 Forbidden', 2],
    [[301], 'answered 301 Moved Permanently', 1],
    [[500, 500, 503], 'answered 503 Service Unavailable; gave up after 3 tries', 3],
    [['silent', 'silent', 'silent'], 'no answer in time; gave up after 3 tries', 3],
    [[204, 'hangs up', 429, 'hangs up'], 'closed the connection; gave up after 3 tries', 4],
  ])('to a server that reacts with %j ends: %s', async (reactions, words, count) => {
    const { posts, problem } = await drainTo(reactions)
    expect(problem).toMatch(/^CommandError: --drain http:\/\/127\.0\.0\.1:\d+\/logs\?app=shop: /)
    expect(problem.endsWith(words)).toBe(true)
    expect(posts).toHaveLength(count)
  })

  test('lets go at once when it is interrupted', async () => {
    const controller = new AbortController()
    const { port, posts } = await startPostServer(() => {
      setImmediate(() => controller.abort())
      return 'silent'
    })
    const url = `http://127.0.0.1:${port}/`
    const drain = await openDrain(url, controller.signal, new StandingClock())
    await addOne(drain)
    await expect(drain.flush()).rejects.toThrow(`--drain ${url}`)
    expect(drain.summary()).toBe(`Sent 0 messages in 0 batches to ${url}.\n`)
    expect(posts).toHaveLength(1)
  })

  test('tries again where nobody listens', async () => {
    const url = 'https://127.0.0.1:1/'
    const clock = new StandingClock()
    const drain = await openDrain(url, NEVER, clock)
    await addOne(drain)
    await expect(drain.flush()).rejects.toThrow(
      `--drain ${url}: connection refused: nobody listens there; gave up after 3 tries`,
    )
    expect(clock.waits).toHaveLength(2)
  })

  test('tells that a server does not speak HTTP', async () => {
    const { url } = await startSyslogServer((socket) => socket.end('220 welcome\r\n'))
    const drain = await openDrain(url.replace('syslog:', 'http:'), NEVER, new StandingClock())
    await addOne(drain)
    await expect(drain.flush()).rejects.toThrow('its answer is not HTTP')
  })
})
