import { describe, expect, test } from 'vitest'
import { complaints, read } from './sources.js'

describe('celadon.yml: alerts', () => {
  test('are read with their defaults', () => {
    const { alerts } = read({
      celadonYml:
        'alerts: [{ response_time: 500ms, for: 5m, remind: 1h }, { failed_requests: 5% }, { response_time: 2s, for: 10m, remind: 1d }]',
    })
    expect(alerts).toEqual([
      { type: 'response-time', threshold: 500, sensitivityMinutes: 5, reminder: 'hourly' },
      { type: 'failed-requests', threshold: 0.05, sensitivityMinutes: 1, reminder: 'never' },
      { type: 'response-time', threshold: 2000, sensitivityMinutes: 10, reminder: 'daily' },
    ])
  })

  test.each([
    [
      'alerts: [{ for: 5m }]',
      'celadon.yml:1:10: alerts[0] has none of response_time, failed_requests; accepted: exactly one of them',
    ],
    [
      'alerts: [{ response_time: 1s, for: 3m }]',
      'celadon.yml:1:36: alerts[0].for is "3m"; accepted: 1m, 5m, 10m. Did you mean "5m"?',
    ],
    [
      'alerts: [{ failed_requests: 100% }]',
      'celadon.yml:1:29: alerts[0].failed_requests is all of them; accepted: a percentage below 100%',
    ],
    [
      'alerts: [{ failed_requests: 0.05 }]',
      'celadon.yml:1:29: alerts[0].failed_requests is 0.05; accepted: a percentage such as 10%, at most 100%',
    ],
  ])('refuses %s', (celadonYml, complaint) => {
    expect(complaints({ celadonYml })).toEqual([complaint])
  })
})

describe('celadon.yml: prints', () => {
  test('are lines of an endpoint', () => {
    const { workload } = read({
      celadonYml: 'endpoints: [{ path: /, service: 1s, prints: ["count#hits=1", "{dyno}"] }]',
    })
    expect(workload.endpoints[0]?.prints).toEqual(['count#hits=1', '{dyno}'])
  })

  test('with a placeholder that stands for nothing are refused', () => {
    const celadonYml = 'endpoints: [{ path: /, service: 1s, prints: ["took {time}ms"] }]'
    expect(complaints({ celadonYml })).toEqual([
      'celadon.yml:1:46: endpoints[0].prints[0] has the placeholder {time}; accepted: {dyno}, {method}, {path}, {queue}, {service}',
    ])
  })
})

describe('celadon.yml: logs', () => {
  test('are read in the words of logplex', () => {
    const { logs } = read({
      celadonYml: `logs:
  requests: router
  drains:
    - { url: "https://u:p@logs.example.com/in", messages_per_second: 20, connect: 5ms, answer: 9ms, trusted: false, outages: [{ at: "00:01", for: 1m, manner: silent }] }
  delivery: { round_trip: 20ms, lines_per_second: 500, outages: [{ at: "00:02", for: 30s, answer: error }, { at: "00:03", for: 1m }] }
`,
    })
    expect(logs).toEqual({
      requestLines: 'router',
      drains: [
        {
          url: 'https://u:p@logs.example.com/in',
          consumer: {
            messagesPerSecond: 20,
            connectMs: 5,
            answerMs: 9,
            trusted: false,
            outages: [{ fromMs: 60_000, toMs: 120_000, manner: 'silent' }],
          },
        },
      ],
      delivery: {
        roundTripMs: 20,
        linesPerSecond: 500,
        outages: [
          { fromMs: 120_000, toMs: 150_000, answer: 'error' },
          { fromMs: 180_000, toMs: 240_000 },
        ],
      },
    })
  })

  const url = 'url: "syslog://logs.example.com:514"'
  test.each([
    [
      'logs: { requests: app }',
      'celadon.yml:1:19: logs.requests is "app"; accepted: router, router+app',
    ],
    [
      'logs: { drains: [{ url: "ftp://logs.example.com" }] }',
      'celadon.yml:1:25: logs.drains[0].url is "ftp://logs.example.com"; accepted: a URL such as syslog://host:port, syslog+tls://host:port or https://user:password@host/path',
    ],
    [
      `logs: { drains: [${Array(6).fill(`{ ${url} }`).join(', ')}] }`,
      'celadon.yml:1:17: logs.drains is a list; accepted: a list of 5 entries or less',
    ],
    [
      `logs: { drains: [{ ${url}, outages: [{ at: "00:10", for: 5m }, { at: "00:12", for: 1m }] }] }`,
      'celadon.yml:1:100: logs.drains[0].outages[1].at is before the end of the entry above it; outages are in order and apart',
    ],
    [
      'logs: { delivery: { round_trip: 5s } }',
      'celadon.yml:1:33: logs.delivery.round_trip is 5s or more; accepted: a duration below 5s',
    ],
    [
      'generation: cedar-2012\nlogs: { delivery: {} }',
      'celadon.yml:2:9: logs.delivery goes with a generation from common-runtime-2019 on, not cedar-2012: log-shuttle came in 2013',
    ],
    [
      'logs: { lines_per_minute: 500 }',
      'celadon.yml:1:9: logs.lines_per_minute goes with the generation bamboo-2010, not router-2.0: later there is no such limit',
    ],
  ])('refuses %s', (celadonYml, complaint) => {
    expect(complaints({ celadonYml })).toEqual([complaint])
  })
})
