import { describe, expect, test } from 'vitest'
import { readApp } from '../../src/files/index.js'
import { complaints, read } from './sources.js'

describe('a Procfile', () => {
  test('names the process types in its order; release is not one of the formation', () => {
    const app = read({
      procfile: [
        '# what runs',
        '',
        'web: bundle exec puma',
        'release: bundle exec rake db:migrate\r',
        'mail_worker-2:bundle exec rake jobs:work',
      ].join('\n'),
    })
    expect(Object.keys(app.formation)).toEqual(['web', 'mail_worker-2'])
    expect(app.formation['mail_worker-2']?.command).toBe('bundle exec rake jobs:work')
    expect(app.releaseCommand).toBe('bundle exec rake db:migrate')
  })

  test.each([
    [
      'a line without a colon',
      'web bundle exec puma\n',
      [
        'Procfile: has no process type web; a line such as "web: bundle exec puma" is needed',
        'Procfile:1:1: "web bundle exec puma" is no process type; accepted: TYPE: COMMAND',
      ],
    ],
    [
      'a name with a blank, and no command',
      'web: puma\nmy worker: rake jobs:work\nclock:   \n',
      [
        'Procfile:2:1: "my worker: rake jobs:work" is no process type; accepted: TYPE: COMMAND',
        'Procfile:3:1: "clock:" is no process type; accepted: TYPE: COMMAND',
      ],
    ],
    [
      'a name twice',
      'web: puma\nweb: unicorn\n',
      ['Procfile:2:1: web is there twice; line 1 has it too'],
    ],
    [
      'nothing',
      '',
      ['Procfile: has no process type web; a line such as "web: bundle exec puma" is needed'],
    ],
    [
      'a web server that is not known',
      'web:   ./server\n',
      [
        'Procfile:1:8: web runs "./server", whose web server is not known; name one in celadon.yml, for example server: { name: puma, workers: 2, threads: 5 }',
      ],
    ],
  ])('with %s', (_, procfile, expected) => {
    expect(complaints({ procfile })).toEqual(expected)
  })

  test('is needed', () => {
    expect(() => readApp({})).toThrow(
      'Procfile: is missing; it says what the app runs, one line per process type, such as "web: bundle exec puma"',
    )
  })
})
