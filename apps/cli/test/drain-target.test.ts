import { describe, expect, test } from 'vitest'
import { CommandError } from '../src/command-error.js'
import { parseDrainTarget } from '../src/drain/drain-target.js'

describe('the URL of a drain', () => {
  test.each([
    ['syslog://logs.example.com:514', false, 'logs.example.com', 514],
    ['syslog+tls://logs.example.com:6514/', true, 'logs.example.com', 6514],
    ['syslog://[2001:db8::1]:514', false, '2001:db8::1', 514],
  ])('%s is a syslog server', (url, tls, host, port) => {
    expect(parseDrainTarget(url)).toMatchObject({ type: 'syslog', tls, host, port })
  })

  test.each([
    ['https://user:p%40ss@logs.example.com/in?app=shop', true, 'user:p@ss'],
    ['https://:secret@logs.example.com/', true, ':secret'],
    ['http://127.0.0.1:8080', false, ''],
  ])('%s is posted to, and is shown without its password', (text, tls, auth) => {
    const target = parseDrainTarget(text)
    expect(target).toMatchObject({ type: 'post', tls, auth })
    expect(target.shown).toBe(text.replace(/\/\/.*@/, '//').replace(/(\d)$/, '$1/'))
  })

  test.each([
    ['logs.example.com:514', /is no URL of a drain; accepted: syslog:\/\/HOST:PORT, /],
    ['udp://logs.example.com:514', /is no URL of a drain; accepted: /],
    ['syslog://logs.example.com', /has no port; accepted: /],
    ['syslog://logs.example.com:99999', /is no URL of a drain; accepted: /],
    ['syslog://user@logs.example.com:514', /takes no user or password; accepted: /],
    ['syslog://logs.example.com:514/path', /has no path; accepted: /],
  ])('%s is refused', (url, problem) => {
    expect(() => parseDrainTarget(url)).toThrow(CommandError)
    expect(() => parseDrainTarget(url)).toThrow(problem)
  })
})
