import { GENERATIONS } from '@celadon/contracts'
import { describe, expect, test } from 'vitest'
import { formatMessage, type LogMessage } from '../../src/index.js'

const user = 'ann@example.com'
const since = '2013-11-04T21:31:32+00:00'

/** Each message with its text in the words of 2010, 2012, 2019 and today; one text: in all. */
const WORDS: readonly (readonly [LogMessage, ...string[]])[] = [
  [
    { type: 'process-start', command: 'rake' },
    'Starting process with command: `rake`',
    'Starting process with command `rake`',
    'Starting process with command `rake`',
    'Starting process with command `rake`',
  ],
  [{ type: 'memory-in-use', memoryMb: 524, percent: 102.4 }, 'Process running mem=524M(102.4%)'],
  [
    { type: 'log-loss', code: 'L10', messages: 2, since },
    `Error L10 (output buffer overflow): 2 messages dropped since ${since}.`,
  ],
  [
    { type: 'log-loss', code: 'L11', messages: 2, since },
    `L11 (Tail buffer overflow) -> This tail session dropped 2 messages since ${since}`,
    `Error L11 (Tail buffer overflow) -> This tail session dropped 2 messages since ${since}.`,
    `Error L11 (Tail buffer overflow) -> This tail session dropped 2 messages since ${since}.`,
    `Error L11 (Tail buffer overflow) -> This tail session dropped 2 messages since ${since}.`,
  ],
  [
    { type: 'log-loss', code: 'L12', messages: 2, since },
    `Error L12: 2 messages dropped since ${since}.`,
  ],
  [
    { type: 'log-loss', code: 'L13', messages: 2, since },
    `Error L13: 2 messages lost since ${since}.`,
  ],
  [
    { type: 'scale', formation: [{ process: 'web', quantity: 2, size: 'Standard-1X' }], user },
    `Scale to web=2 by ${user}`,
    `Scale to web=2 by ${user}`,
    `Scaled to web@2:Standard-1X by user ${user}`,
    `Scaled to web@2:Standard-1X by user ${user}`,
  ],
  [
    { type: 'config-vars', change: 'set', names: ['A', 'B'], user },
    `Config add A, B by ${user}`,
    `Config add A, B by ${user}`,
    `Set A, B config vars by user ${user}`,
    `Set A, B config vars by user ${user}`,
  ],
  [
    { type: 'maintenance', on: false, user },
    `Disable maintenance mode by ${user}`,
    `Disable maintenance mode by ${user}`,
    `Maintenance mode off by user ${user}`,
    `Maintenance mode off by user ${user}`,
  ],
  [{ type: 'build-start', user }, `Build started by user ${user}`],
  [{ type: 'slug-compilation', status: 'started' }, 'Slug compilation started'],
  [
    {
      type: 'runtime-metrics',
      process: 'web.1',
      app: '42',
      life: 'a-b',
      samples: [{ kind: 'sample', name: 'memory_rss', value: 21, decimals: 2, unit: 'MB' }],
    },
    'source=heroku.42.web.1.a-b measure=memory_rss val=21.00 units=MB',
    'source=heroku.42.web.1.a-b measure=memory_rss val=21.00 units=MB',
    'source=web.1 dyno=heroku.42.a-b sample#memory_rss=21.00MB',
    'source=web.1 dyno=heroku.42.a-b sample#memory_rss=21.00MB',
  ],
]

describe('the words of a generation', () => {
  test.each(WORDS.map(([message, ...texts]) => ({ message, texts })))(
    'for $message',
    ({ message, texts }) => {
      const expected = texts.length === 1 ? GENERATIONS.map(() => texts[0]) : texts
      expect(GENERATIONS.map((generation) => formatMessage(message, generation))).toEqual(expected)
    },
  )
})

test('there are no words for what is no message', () => {
  const message = { type: 'greeting' } as unknown as LogMessage
  expect(() => formatMessage(message, 'router-2.0')).toThrow(
    expect.objectContaining({
      code: 'LOGPLEX_ARGUMENT_INVALID',
      message: 'Logplex: there are no words for the message {"type":"greeting"}.',
    }),
  )
})
