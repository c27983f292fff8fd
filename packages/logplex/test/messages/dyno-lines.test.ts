import { describe, test } from 'vitest'
import { expectUnderstood } from './understood.js'

describe('lines about dynos', () => {
  test('state, commands, signals', () => {
    expectUnderstood([
      [
        'heroku',
        'web.1',
        'State changed from created to starting',
        { type: 'state-change', from: 'created', to: 'starting' },
      ],
      [
        'heroku',
        'scheduler.1943',
        'State changed from up to complete',
        { type: 'state-change', from: 'up', to: 'complete' },
      ],
      [
        'heroku',
        'web.1',
        'Starting process with command: `thin -p 24405 -e production -R rack/heroku.ru start`',
        {
          type: 'process-start',
          command: 'thin -p 24405 -e production -R rack/heroku.ru start',
        },
      ],
      [
        'heroku',
        'run.1',
        'Starting process with command `echo `date``',
        { type: 'process-start', command: 'echo `date`' },
      ],
      ['heroku', 'web.1', 'Process exited', { type: 'process-exit', status: null }],
      ['heroku', 'web.1', 'Process exited with status 137', { type: 'process-exit', status: 137 }],
      [
        'heroku',
        'web.1',
        'Stopping process with SIGKILL',
        { type: 'process-stop', processes: 'one', signal: 'SIGKILL' },
      ],
      [
        'heroku',
        'web.1',
        'Stopping all processes with SIGTERM',
        { type: 'process-stop', processes: 'all', signal: 'SIGTERM' },
      ],
      [
        'heroku',
        'web.1',
        'Stopping remaining processes with SIGKILL',
        { type: 'process-stop', processes: 'remaining', signal: 'SIGKILL' },
      ],
      ['heroku', 'web.1', 'Unidling', { type: 'dyno-action', action: 'unidle' }],
      ['heroku', 'run.1', 'Awaiting client', { type: 'dyno-action', action: 'await-client' }],
    ])
  })

  test('errors', () => {
    expectUnderstood([
      [
        'heroku',
        'web.1',
        'Error R14 (Memory quota exceeded)',
        { type: 'dyno-error', code: 'R14', name: 'Memory quota exceeded', detail: null },
      ],
      [
        'heroku',
        'web.1',
        'Error R11 (Bad bind) -> Process bound to port other than $PORT',
        {
          type: 'dyno-error',
          code: 'R11',
          name: 'Bad bind',
          detail: 'Process bound to port other than $PORT',
        },
      ],
      [
        'heroku',
        'web.1',
        'Process running mem=1028MB(103.3%)',
        { type: 'memory-in-use', memoryMb: 1028, percent: 103.3 },
      ],
    ])
  })

  test('runtime metrics', () => {
    const life = '50578a75-9052-4e14-ac30-ba3686750017'
    expectUnderstood([
      [
        'heroku',
        'web.1',
        `source=heroku.772639.web.1.${life} measure=load_avg_15m val=0.20`,
        {
          type: 'runtime-metrics',
          process: 'web.1',
          app: '772639',
          life,
          samples: [{ kind: 'sample', name: 'load_avg_15m', value: 0.2, decimals: 2, unit: '' }],
        },
      ],
      [
        'heroku',
        'web.1',
        `source=heroku.772639.web.1.${life} measure=memory_total val=21.00 units=MB`,
        {
          type: 'runtime-metrics',
          process: 'web.1',
          app: '772639',
          life,
          samples: [{ kind: 'sample', name: 'memory_total', value: 21, decimals: 2, unit: 'MB' }],
        },
      ],
      [
        'heroku',
        'web.1',
        `source=web.1 dyno=heroku.2808254.${life} sample#memory_rss=21.22MB sample#memory_pgpgin=348836pages`,
        {
          type: 'runtime-metrics',
          process: 'web.1',
          app: '2808254',
          life,
          samples: [
            { kind: 'sample', name: 'memory_rss', value: 21.22, decimals: 2, unit: 'MB' },
            { kind: 'sample', name: 'memory_pgpgin', value: 348836, decimals: 0, unit: 'pages' },
          ],
        },
      ],
      [
        'heroku',
        'web.1',
        'source=web.1 sample#load_avg_1m=2.46',
        {
          type: 'metrics',
          source: 'web.1',
          metrics: [{ kind: 'sample', name: 'load_avg_1m', value: 2.46, decimals: 2, unit: '' }],
        },
      ],
    ])
  })
})
