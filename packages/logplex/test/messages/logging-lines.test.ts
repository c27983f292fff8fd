import { describe, test } from 'vitest'
import { expectUnderstood } from './understood.js'

describe('lines about the log', () => {
  test('losses, certificates and the rest', () => {
    const since = '2013-11-04T21:31:32.125756+00:00'
    expectUnderstood([
      [
        'heroku',
        'logplex',
        `Error L10 (output buffer overflow): 500 messages dropped since ${since}.`,
        { type: 'log-loss', code: 'L10', messages: 500, since },
      ],
      [
        'heroku',
        'logplex',
        `L11 (Tail buffer overflow) -> This tail session dropped 1101 messages since ${since}`,
        { type: 'log-loss', code: 'L11', messages: 1101, since },
      ],
      [
        'logplex',
        '1',
        `Error L11 (Tail buffer overflow) -> This tail session dropped 1101 messages since ${since}.`,
        { type: 'log-loss', code: 'L11', messages: 1101, since },
      ],
      [
        'app',
        'log-shuttle',
        `Error L12: 222 messages dropped since ${since}`,
        { type: 'log-loss', code: 'L12', messages: 222, since },
      ],
      [
        'app',
        'log-shuttle',
        `Error L13: 111 messages lost since ${since}.`,
        { type: 'log-loss', code: 'L13', messages: 111, since },
      ],
      [
        'heroku',
        'logplex',
        'Error L14 (certificate validation): error="bad certificate" uri="syslog+tls://logs.example.com:6514/"',
        {
          type: 'certificate-error',
          error: 'bad certificate',
          uri: 'syslog+tls://logs.example.com:6514/',
        },
      ],
      [
        'heroku',
        'logplex',
        'Error L15 (Tail buffer temporarily unavailable)',
        {
          type: 'logging-error',
          code: 'L15',
          name: 'Tail buffer temporarily unavailable',
          detail: null,
        },
      ],
      [
        'heroku',
        'logplex',
        'Error L20 (Tail sessions forbidden) Tail sessions for this app are forbidden due to log volume.',
        {
          type: 'logging-error',
          code: 'L20',
          name: 'Tail sessions forbidden',
          detail: 'Tail sessions for this app are forbidden due to log volume.',
        },
      ],
    ])
  })
})
