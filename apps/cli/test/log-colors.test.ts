import { createLogReader } from '@celadon/logplex'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Colorizer } from '../src/logs/colorize.js'
import { coloring } from '../src/terminal-colors.js'

const CODES: Readonly<Record<string, string>> = {
  '1': '*',
  '2': 'dim',
  '31': 'red',
  '32': 'green',
  '33': 'yellow',
  '34': 'blue',
  '35': 'magenta',
  '36': 'cyan',
  '92': 'GREEN',
  '93': 'YELLOW',
}

/** Colours as words: `<red>error</>`. */
function named(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters
  return text.replace(/\x1b\[(\d+)m/g, (_, code: string) =>
    CODES[code] === undefined ? '</>' : `<${CODES[code]}>`,
  )
}

/** Messages with their colours, the header left out. */
function painted(...lines: readonly string[]): readonly string[] {
  const colorizer = new Colorizer(coloring(true))
  const texts: string[] = []
  const reader = createLogReader({
    onLine: (line) => texts.push(named(colorizer.text('HEADER', line))),
  })
  reader.push(lines.map((line) => `2026-03-02T09:43:06+00:00 ${line}\n`).join(''))
  reader.end()
  return texts
}

/** The message alone. */
function message(line: string): string {
  return (painted(line)[0] ?? '').replace(/^.*HEADER(<\/>)+ /, '')
}

describe('colours of a line, as `heroku logs` has them', () => {
  test('headers by process type, in the order in which the types come', () => {
    const types = ['run.1', 'router', 'web.2', 'postgres', 'heroku-postgres', 'worker.1', 'clock.1']
    const headers = painted(...types.map((type) => `app[${type}]: text`), 'app[web.9]: text')
    expect(headers.map((text) => text.replace(/HEADER.*/, ''))).toEqual([
      '<yellow>',
      '<green>',
      '<cyan>',
      '<magenta>',
      '<blue>',
      '<*><green>',
      '<*><cyan>',
      '<cyan>',
    ])
  })

  test.each([
    [
      'at=error code=H12 desc="Request timeout" method=GET path="/a b" dyno=web.1 connect=0ms service=30000ms status=503',
      '<dim>at=</><red>error</> <dim>code=</><*><red>H12</></> <dim>desc=</><dim>"Request timeout"</> <dim>method=</><magenta>GET</> <dim>path=</><green>"/a b"</> <dim>dyno=</><cyan>web.1</> <dim>connect=</>0ms <dim>service=</><red>30000ms</> <dim>status=</><red>503</>',
    ],
    ['at=info service=99ms status=200', 'info', '<GREEN>99ms', '<green>200'],
    ['at=info service=499ms status=302', 'info', '<green>499ms', '<cyan>302'],
    ['at=info service=4999ms status=404', 'info', '<yellow>4999ms', '<yellow>404'],
    ['at=info service=9999ms dyno= bytes=', '<YELLOW>9999ms', '<dim>dyno=</> <dim>bytes=</>'],
  ])('a router: %s', (text, ...parts) => {
    for (const part of parts) expect(message(`heroku[router]: ${text}`)).toContain(part)
  })

  test.each([
    ['heroku[web.1]: State changed from starting to up', '<YELLOW>starting</> to <green>up</>'],
    ['heroku[web.1]: State changed from up to down', '<green>up</> to <red>down</>'],
    ['heroku[web.1]: Process exited with status 0', 'Process exited with status <green>0</>'],
    ['heroku[web.1]: Process exited with status 137', 'status <red>137</>'],
    ['heroku[web.1]: Stopping all processes with SIGTERM', '<red>Stopping all processes'],
    ['heroku[web.1]: Unidling', '<yellow>Unidling</>'],
    ['heroku[web.1]: Starting process with command `puma`', 'command <cyan>`puma`</>'],
    ['app[web.1]: Started GET "/carts" for 192.0.2.1', 'Started GET "/carts" for 192.0.2.1'],
    [
      'app[web.1]: 192.0.2.1 - - "GET /carts HTTP/1.1" 404 12',
      '"</><magenta>GET</><green> /carts </><dim>HTTP/1.1" </><yellow>404</><dim> 12</>',
    ],
    ['app[api]: Release v7 created by user a@example.com', '<magenta>v7</>'],
    ['app[api]: Deploy 1f3a9c2 by user a@example.com', '<cyan>1f3a9c2</> by user <green>a@'],
    ['app[api]: Build failed -- check your build output', '<red>Build failed'],
    ['app[heroku-postgres]: source=DATABASE addon=a sample#x=1', '<dim>source=DATABASE'],
    ['app[worker.1]: State changed from up to down', 'State changed from up to down'],
  ])('%s', (line, part) => {
    expect(message(line)).toContain(part)
  })

  test('never change the text', () => {
    const plain = new Colorizer(coloring(false))
    const color = new Colorizer(coloring(true))
    const words = fc.constantFrom(
      'at=info',
      'path="/a b"',
      'status=',
      'x=y=z',
      '"',
      '=',
      'GET',
      ' ',
      'é😀',
    )
    const texts = fc.array(fc.oneof(words, fc.string({ maxLength: 5 })), { maxLength: 12 })
    const processes = fc.constantFrom('router', 'api', 'web.1', 'run.2', 'heroku-redis', 'worker.1')
    fc.assert(
      fc.property(texts, processes, (parts, process) => {
        const text = parts.join(' ').replace(/[\r\n]/g, '')
        const lines: [string, string][] = []
        const reader = createLogReader({
          onLine: (line) => lines.push([plain.text('H', line), color.text('H', line)]),
        })
        reader.push(`2026-03-02T09:43:06+00:00 app[${process}]: ${text}`)
        reader.end()
        for (const [bare, colored] of lines) {
          expect(named(colored).replace(/<(?:\/|\*|[a-zA-Z]+)>/g, '')).toBe(
            bare.replace(/<(?:\/|\*|[a-zA-Z]+)>/g, ''),
          )
        }
      }),
    )
  })

  test('control characters of the log do not reach the terminal', () => {
    const lines: string[] = []
    const colorizer = new Colorizer(coloring(false))
    const reader = createLogReader({ onLine: (line) => lines.push(colorizer.text('H', line)) })
    reader.push('2026-03-02T09:43:06+00:00 app[web.1]: a\u0007b\u009b31mc\td\n')
    expect(lines).toEqual(['H a?b?31mc\td'])
  })
})
