import { createSimulation } from '@celadon/kernel'
import { createDelayedJobQueue, createResqueQueue } from '@celadon/workers'
import { describe, expect, test } from 'vitest'
import { read, type Texts } from './sources.js'

/** Name of the program that a process type runs. */
function programOf(texts: Texts, type: string): string | undefined {
  const simulation = createSimulation()
  return read(texts).formation[type]?.program({
    delayedJob: createDelayedJobQueue({ simulation }),
    resque: createResqueQueue({ simulation }),
    enqueue: () => undefined,
  }).name
}

describe('what a command runs', () => {
  test.each([
    ['bundle exec puma -w 3 -t 5:16', 'puma 3x16'],
    ['bundle exec puma --workers=4 --threads 8 -p $PORT', 'puma 4x8'],
    ['bundle exec puma -C config/puma.rb', 'puma 2x5'],
    [`puma -w \${WEB_CONCURRENCY:-6} -t $RAILS_MAX_THREADS`, 'puma 6x5'],
    ['puma -w 0 -t 0:4', 'puma 1x4'],
    ['RACK_ENV=production bundle exec puma -w 1 -t 1', 'puma 1x1'],
    ['bundle exec unicorn -p $PORT -c ./config/unicorn.rb', 'unicorn 3'],
    ['bin/unicorn_rails -p $PORT', 'unicorn 3'],
    ['bundle exec thin start -p $PORT', 'thin'],
    ['bin/rails server -p $PORT -e $RAILS_ENV', 'puma 1x5'],
    ['bundle exec rackup', 'puma 1x5'],
    ['bundle exec rackup -s thin', 'thin'],
    ['bundle exec passenger start -p $PORT --max-pool-size 3', 'passenger 3'],
    ['bundle exec mongrel_rails start', 'mongrel'],
    ['gunicorn shop:app', 'gunicorn 2'],
    ['gunicorn -w 3 --threads 4 shop:app', 'gunicorn 3x4'],
    ['gunicorn -w4 -k gthread shop:app', 'gunicorn 4x1'],
    ['node server.js', 'node'],
    ['ruby script/server -p $PORT', 'puma 1x5'],
    ['npm start', 'node'],
  ])('web: %s', (command, name) => {
    expect(programOf({ procfile: `web: ${command}\n` }, 'web')).toBe(name)
  })

  test.each([
    ['bundle exec rake jobs:work', 'delayed_job'],
    ['QUEUES=mailers,low bundle exec rake jobs:work', 'delayed_job mailers,low'],
    ['bin/delayed_job run', 'delayed_job'],
    ['env QUEUE=* bundle exec rake resque:work', 'resque *'],
    ['env QUEUES="high,*" bundle exec rake environment resque:work', 'resque high,*'],
    ['bundle exec rake resque:work QUEUE=images', 'resque images'],
    ['bundle exec clockwork lib/clock.rb', 'clock'],
    ['bundle exec sidekiq -c 10', 'idle'],
    ['', undefined],
  ])('worker: %s', (command, name) => {
    const procfile = `web: puma\n${command === '' ? '' : `worker: ${command}\n`}`
    expect(programOf({ procfile }, 'worker')).toBe(name)
  })

  test('gunicorn to which celadon.yml gives threads has workers of class gthread', () => {
    const celadonYml = 'server: { name: gunicorn, threads: 4 }'
    expect(programOf({ procfile: 'web: gunicorn shop:app\n', celadonYml }, 'web')).toBe(
      'gunicorn 2x4',
    )
  })

  test('config vars of app.json decide where the command leaves it to them', () => {
    const appJson = '{"env": {"WEB_CONCURRENCY": "4", "RAILS_MAX_THREADS": {"value": "3"}}}'
    expect(programOf({ procfile: 'web: puma -C config/puma.rb', appJson }, 'web')).toBe('puma 4x3')
    expect(programOf({ procfile: 'web: unicorn', appJson }, 'web')).toBe('unicorn 4')
  })

  test('rails server was thin in 2012', () => {
    const texts = { procfile: 'web: rails s', celadonYml: 'generation: cedar-2012' }
    expect(programOf(texts, 'web')).toBe('thin')
  })

  test('celadon.yml goes before the command', () => {
    const procfile = 'web: gunicorn shop:app\nworker: ./work\n'
    const celadonYml = [
      'server: { name: unicorn, workers: 5 }',
      'processes: { worker: { runs: resque, queues: [images] } }',
    ].join('\n')
    expect(programOf({ procfile, celadonYml }, 'web')).toBe('unicorn 5')
    expect(programOf({ procfile, celadonYml }, 'worker')).toBe('resque images')
  })

  test('celadon.yml completes the same server', () => {
    const texts = {
      procfile: 'web: puma -w 3 -t 7',
      celadonYml: 'server: { name: puma, workers: 4 }',
    }
    expect(programOf(texts, 'web')).toBe('puma 4x7')
  })

  test('what is not known is assumed aloud', () => {
    const { assumptions } = read({ procfile: 'web: puma\nworker: sidekiq\n' })
    expect(assumptions).toContain('web: "puma" is taken for puma with 2 x 5 threads.')
    expect(assumptions).toContain('worker: "sidekiq" is not modelled; its dynos idle.')
  })
})
