import { describe, expect, test } from 'vitest'
import { type LogMessage, parseMessage } from '../../src/index.js'
import { expectUnderstood } from './understood.js'

describe('lines about requests', () => {
  test('nginx', () => {
    expectUnderstood([
      [
        'heroku',
        'nginx',
        'GET / HTTP/1.1 | 192.0.2.245 | 8132 | http | 503',
        {
          type: 'nginx-request',
          method: 'GET',
          path: '/',
          protocol: 'HTTP/1.1',
          address: '192.0.2.245',
          bytes: 8132,
          scheme: 'http',
          status: 503,
        },
      ],
      [
        'heroku',
        'nginx',
        '192.0.2.176 - - [06/Jun/2012:16:40:26 +0000] "GET /security HTTP/1.1" 200 3002 "-" "Mozilla/5.0 (compatible)" www.example.com',
        {
          type: 'nginx-combined',
          address: '192.0.2.176',
          user: '-',
          at: '06/Jun/2012:16:40:26 +0000',
          method: 'GET',
          path: '/security',
          protocol: 'HTTP/1.1',
          status: 200,
          bytes: 3002,
          referrer: '-',
          userAgent: 'Mozilla/5.0 (compatible)',
          host: 'www.example.com',
        },
      ],
    ])
  })

  test('the router', () => {
    expect(
      parseMessage(
        'heroku',
        'router',
        'GET www.example.com/ dyno=web.1 queue=0 wait=0ms service=7ms bytes=215',
      ),
    ).toMatchObject({ type: 'request', line: { path: '/', dyno: 'web.1', serviceMs: 7 } })
    expect(parseMessage('heroku', 'router', 'something else')).toEqual({
      type: 'text',
      text: 'something else',
    })
  })

  test('Rails', () => {
    expectUnderstood([
      [
        'app',
        'web.2',
        'Started GET "/login?a=1" for 192.0.2.161 at 2011-11-09 10:24:34 +0000',
        {
          type: 'rails-start',
          method: 'GET',
          path: '/login?a=1',
          address: '192.0.2.161',
          at: '2011-11-09 10:24:34 +0000',
        },
      ],
      [
        'app',
        'web.2',
        'Completed 200 OK in 63ms (Views: 47.3ms | ActiveRecord: 5.1ms)',
        {
          type: 'rails-completion',
          status: 200,
          reason: 'OK',
          durationMs: 63,
          details: 'Views: 47.3ms | ActiveRecord: 5.1ms',
        },
      ],
      ['app', 'web.2', 'Completed 302 Found in 0ms', completion(302, 'Found')],
    ])
  })

  test('lograge with its own fields', () => {
    expectUnderstood([
      [
        'app',
        'web.1',
        'method=GET path=/jobs/1.json format=json controller=JobsController action=show status=200 duration=58.33 view=40.43 db=15.26',
        {
          type: 'app-request',
          line: {
            method: 'GET',
            path: '/jobs/1.json',
            status: 200,
            durationMs: 58.33,
            error: null,
          },
          details: [
            ['controller', 'JobsController'],
            ['action', 'show'],
            ['view', '40.43'],
            ['db', '15.26'],
          ],
        },
      ],
      [
        'app',
        'web.1',
        "method=GET path=/x format=*/* status=500 error='NoMethodError: undefined method 'x' for nil' duration=3.1",
        {
          type: 'app-request',
          line: {
            method: 'GET',
            path: '/x',
            status: 500,
            durationMs: 3.1,
            error: "NoMethodError: undefined method 'x' for nil",
          },
          details: [],
        },
      ],
    ])
  })

  function completion(status: number, reason: string): LogMessage {
    return { type: 'rails-completion', status, reason, durationMs: 0, details: null }
  }
})
