import { describe, test } from 'vitest'
import { expectUnderstood } from './understood.js'

describe('lines of add-ons', () => {
  test('metrics of 2013 name no add-on; later ones may have any further sample', () => {
    expectUnderstood([
      [
        'app',
        'heroku-postgres',
        'source=HEROKU_POSTGRESQL_VIOLET sample#current_transaction=4171563.0 sample#read-iops=0',
        {
          type: 'add-on-metrics',
          source: 'HEROKU_POSTGRESQL_VIOLET',
          addOn: null,
          samples: [
            {
              kind: 'sample',
              name: 'current_transaction',
              value: 4171563,
              decimals: 1,
              unit: '',
            },
            { kind: 'sample', name: 'read-iops', value: 0, decimals: 0, unit: '' },
          ],
        },
      ],
      [
        'app',
        'heroku-redis',
        'source=REDIS addon=redis-flat-1 sample#hit-rate=0.0013079 sample#from-tomorrow=7x  ',
        {
          type: 'add-on-metrics',
          source: 'REDIS',
          addOn: 'redis-flat-1',
          samples: [
            { kind: 'sample', name: 'hit-rate', value: 0.0013079, decimals: 7, unit: '' },
            { kind: 'sample', name: 'from-tomorrow', value: 7, decimals: 0, unit: 'x' },
          ],
        },
      ],
    ])
  })

  test('the log of a database', () => {
    expectUnderstood([
      [
        'app',
        'postgres',
        '[2-1] 2011-11-09 10:32:07 UTC dabc LOG:  could not receive data: LOG:  twice',
        {
          type: 'postgres-log',
          prefix: '[2-1] 2011-11-09 10:32:07 UTC dabc',
          level: 'LOG',
          text: 'could not receive data: LOG:  twice',
        },
      ],
      [
        'app',
        'postgres',
        '[12-1] u8abc [BRONZE] LOG:  duration: 64.847 ms  statement: SELECT 1',
        {
          type: 'postgres-statement',
          prefix: '[12-1] u8abc [BRONZE]',
          durationMs: 64.847,
          statement: 'statement: SELECT 1',
        },
      ],
      [
        'app',
        'postgres.13761',
        '[DATABASE] [7-2]       SELECT column',
        {
          type: 'postgres-continuation',
          prefix: '[DATABASE] [7-2]',
          text: '      SELECT column',
        },
      ],
      [
        'app',
        'postgres.42',
        '[DATABASE] [9-1]  sql_error_code = 53300 FATAL:  too many connections for role "uabc"',
        {
          type: 'postgres-log',
          prefix: '[DATABASE] [9-1]  sql_error_code = 53300',
          level: 'FATAL',
          text: 'too many connections for role "uabc"',
        },
      ],
    ])
  })
})
