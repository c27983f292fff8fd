import { describe, test } from 'vitest'
import type { LogMessage } from '../../src/index.js'
import { expectUnderstood } from './understood.js'

describe('lines of the API', () => {
  const user = 'ann@example.com'

  test('until 2015', () => {
    expectUnderstood([
      ['heroku', 'slugc', 'Slug compilation finished', slug('finished')],
      ['heroku', 'slug-compiler', 'Slug compilation started', slug('started')],
      [
        'heroku',
        'api',
        'Deploy abd323f by ann@example.com',
        { type: 'deploy', description: 'abd323f', user },
      ],
      [
        'heroku',
        'api',
        'Scale to web=2, worker=1 by ann@example.com',
        {
          type: 'scale',
          formation: [
            { process: 'web', quantity: 2, size: null },
            { process: 'worker', quantity: 1, size: null },
          ],
          user,
        },
      ],
      [
        'heroku',
        'api',
        'Config add EXAMPLE by ann@example.com',
        { type: 'config-vars', change: 'set', names: ['EXAMPLE'], user },
      ],
      [
        'heroku',
        'api',
        'Set NODE_ENV config vars by ann@example.com',
        { type: 'config-vars', change: 'set', names: ['NODE_ENV'], user },
      ],
      [
        'heroku',
        'api',
        'Starting process with command `rake` by scheduler@addons.heroku.com',
        { type: 'one-off-start', command: 'rake', user: 'scheduler@addons.heroku.com' },
      ],
    ])
  })

  test('since', () => {
    expectUnderstood([
      [
        'app',
        'api',
        'Release v14 created by user ann@example.com',
        { type: 'release', version: 14, user },
      ],
      ['app', 'api', 'Rollback to v7 by user ann@example.com', rollback(7)],
      [
        'app',
        'api',
        'Set LANG, RACK_ENV config vars by user ann@example.com',
        { type: 'config-vars', change: 'set', names: ['LANG', 'RACK_ENV'], user },
      ],
      [
        'app',
        'api',
        'Scaled to mailer@3:Performance-L web@5:Standard-2X by user ann@example.com',
        {
          type: 'scale',
          formation: [
            { process: 'mailer', quantity: 3, size: 'Performance-L' },
            { process: 'web', quantity: 5, size: 'Standard-2X' },
          ],
          user,
        },
      ],
      [
        'app',
        'api',
        'Running release v5 commands by user ann@example.com',
        { type: 'release-command', version: 5, user },
      ],
      [
        'app',
        'api',
        'Attach DATABASE (@ref:postgresql-flat-1) by user ann@example.com',
        { type: 'api-action', action: 'Attach DATABASE (@ref:postgresql-flat-1)', user },
      ],
      [
        'app',
        'api',
        'Build failed -- check your build output: https://dashboard.example.com/builds/1',
        {
          type: 'build-failure',
          output: 'https://dashboard.example.com/builds/1',
        },
      ],
    ])
  })

  function slug(status: string): LogMessage {
    return { type: 'slug-compilation', status }
  }

  function rollback(version: number): LogMessage {
    return { type: 'rollback', version, user }
  }
})
