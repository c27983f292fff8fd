import { chmodSync, mkdirSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { celadon, folderWith, type RunOptions, SMALL_APP } from './celadon.js'
import { unprivileged } from './nobody.js'

const nobody = await unprivileged()

/** What `celadon simulate` says about a folder, with the folder's name replaced by `APP`. */
async function refusal(folder: string, options: RunOptions = {}): Promise<readonly string[]> {
  const { code, stdout, stderr } = await celadon(['simulate', folder], options)
  expect(stdout).toBe('')
  expect(code).toBe(2)
  return stderr.replaceAll(folder, 'APP').trimEnd().split('\n')
}

describe('what cannot be read is told in words, with exit code 2', () => {
  test.each([
    [
      'no Procfile',
      { Procfile: undefined },
      [
        'APP: has no Procfile. celadon needs the folder of a Heroku app: its Procfile and, if there are any, app.json and celadon.yml',
      ],
    ],
    [
      'an empty Procfile',
      { Procfile: '' },
      ['APP/Procfile: has no process type web; a line such as "web: bundle exec puma" is needed'],
    ],
    [
      'an empty app.json',
      { 'app.json': '' },
      ['APP/app.json:1:1: the file ends in the middle of the JSON text'],
    ],
    [
      'half of an app.json',
      { 'app.json': '{ "name": "small",\n  "formation": ' },
      ['APP/app.json:2:16: the file ends in the middle of the JSON text'],
    ],
    [
      'half of a celadon.yml',
      { 'celadon.yml': 'workload:\n  rate: [{ at: "00:' },
      ['APP/celadon.yml:2:20: missing closing "quote'],
    ],
    [
      'a misspelt key',
      { 'celadon.yml': 'durration: 10m\n' },
      [
        'APP/celadon.yml:1:1: durration is no known key; accepted: start, duration, seed, generation, server, router, dynos, processes, workload, endpoints, jobs, clock, scheduler, tasks, events, alerts, logs. Did you mean "duration"?',
      ],
    ],
    [
      'a negative rate',
      { 'celadon.yml': 'workload: { rate: [{ at: "00:00", per_second: -5 }] }\n' },
      [
        'APP/celadon.yml:1:47: workload.rate[0].per_second is -5; accepted: a number from 0 to 1000000000',
      ],
    ],
    [
      'a size and a plan that do not exist',
      {
        'app.json':
          '{\n  "formation": { "web": { "size": "standard-3x" } },\n  "addons": ["heroku-redis:premium-99"]\n}',
      },
      [
        'APP/app.json:2:35: formation.web.size is "standard-3x"; accepted: eco, basic, standard-1x, standard-2x, performance-m, performance-l, performance-l-ram, performance-xl, performance-2xl, private-s, private-m, private-l, shield-s, shield-m, shield-l, dyno-1c-0.5gb, dyno-2c-1gb, free, hobby, dyno-2012. Did you mean "standard-2x"?',
        'APP/app.json:3:14: addons[0] is "heroku-redis:premium-99"; accepted: mini, premium-0, premium-1, premium-2, premium-3, premium-5. Did you mean "premium-5"?',
      ],
    ],
    [
      'a Procfile in UTF-16',
      { Procfile: Buffer.from('\uFEFFweb: puma\n', 'utf16le') },
      ['APP/Procfile:1:1: is UTF-16; save it as UTF-8'],
    ],
    [
      'a Procfile in Latin-1',
      { Procfile: Buffer.from('web: puma\n# für später\n', 'latin1') },
      ['APP/Procfile:2:1: is not UTF-8 at byte 13; save it as UTF-8'],
    ],
    [
      'a trace that is not there',
      { 'celadon.yml': 'workload: { trace: day.csv }\n' },
      ['APP/celadon.yml:1:20: workload.trace is "day.csv", which does not exist'],
    ],
  ] as const)('%s', async (_, changes, expected) => {
    const files = Object.entries({ ...SMALL_APP, ...changes }).flatMap(([name, content]) =>
      content === undefined ? [] : [[name, content]],
    )
    expect(await refusal(folderWith(Object.fromEntries(files)))).toEqual(expected)
  })

  test('a folder that does not exist, or is a file', async () => {
    const folder = folderWith(SMALL_APP)
    const nowhere = join(folder, 'nowhere')
    expect((await celadon(['simulate', nowhere])).stderr).toBe(`${nowhere}: does not exist\n`)
    const file = join(folder, 'Procfile')
    const { code, stderr } = await celadon(['simulate', file])
    expect(stderr).toBe(`${file}: is a file; the folder of an app is needed\n`)
    expect(code).toBe(2)
  })

  test('a folder in place of a file', async () => {
    const folder = folderWith({ Procfile: SMALL_APP.Procfile })
    mkdirSync(join(folder, 'app.json'))
    expect(await refusal(folder)).toEqual(['APP/app.json: is a folder; a file is needed'])
  })

  test('a trace of 2 GB is refused by its size', async () => {
    const folder = folderWith({ ...SMALL_APP, 'celadon.yml': 'workload: { trace: day.csv }\n' })
    writeFileSync(join(folder, 'day.csv'), 'time,requests\n')
    truncateSync(join(folder, 'day.csv'), 2 ** 31)
    expect(await refusal(folder)).toEqual([
      'APP/celadon.yml:1:20: workload.trace is "day.csv", which has 2,048 MB; at most 64 MB are read. Sum the requests over longer intervals',
    ])
  })

  test('a Procfile of 2 GB is refused by its size', async () => {
    const folder = folderWith(SMALL_APP)
    truncateSync(join(folder, 'Procfile'), 2 ** 31)
    expect(await refusal(folder)).toEqual(['APP/Procfile: has 2,048 MB; at most 1 MB are read'])
  })

  test('a file that may not be read', async (context) => {
    if (nobody.skipReason !== '') context.skip(nobody.skipReason)
    const folder = folderWith(SMALL_APP)
    chmodSync(folder, 0o755)
    chmodSync(join(folder, 'celadon.yml'), 0o000)
    expect(await refusal(folder, nobody)).toEqual([
      'APP/celadon.yml: cannot be read: permission denied',
    ])
  })
})

describe('a wrong command line is told in words, with exit code 2', () => {
  test.each([
    [['simulat'], "error: unknown command 'simulat'\n(Did you mean simulate?)\n"],
    [['simulate', '--sed', '1'], "error: unknown option '--sed'\n(Did you mean --seed?)\n"],
    [
      ['simulate', '--duration', 'long'],
      "error: option '--duration <time>' argument 'long' is invalid. Accepted: a duration such as 30s, 90m, 24h or 7d.\n",
    ],
    [
      ['simulate', 'a', 'b'],
      "error: too many arguments for 'simulate'. Expected 1 argument but got 2.\n",
    ],
    [['simulate', '--json'], "error: option '--json <file>' argument missing\n"],
    [['lesson', 'dyno'], "error: unknown command 'dyno'\n(Did you mean dynos?)\n"],
  ])('celadon %j', async (args, message) => {
    const { code, stdout, stderr } = await celadon(args)
    expect(stderr).toBe(`${message}Run it with --help for what it accepts.\n`)
    expect(stdout).toBe('')
    expect(code).toBe(2)
  })

  test('without a command the help is shown', async () => {
    const { code, stderr } = await celadon([])
    expect(stderr).toContain('Usage: celadon')
    expect(code).toBe(2)
  })
})

describe('help', () => {
  test.each([[[]], [['simulate']], [['init']], [['lesson', 'dynos']]])(
    'celadon %j --help shows an example and the exit codes',
    async (command) => {
      const { code, stdout, stderr } = await celadon([...command, '--help'])
      expect(stdout).toContain(`Usage: ${['celadon', ...command].join(' ')}`)
      expect(stdout).toMatch(/Examples?:\n {2}celadon/)
      expect(stdout).toContain('Exit codes:')
      expect(stderr).toBe('')
      expect(code).toBe(0)
    },
  )

  test('celadon --version', async () => {
    const { code, stdout } = await celadon(['--version'])
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
    expect(code).toBe(0)
  })
})
