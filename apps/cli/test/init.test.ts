import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { celadon, folderWith } from './celadon.js'

const RAILS_APP = {
  Procfile: [
    'web: bundle exec puma -C config/puma.rb',
    'worker: bundle exec rake jobs:work',
    'resque: env QUEUES=images bundle exec rake resque:work',
    'clock: bundle exec clockwork lib/clock.rb',
    'release: bundle exec rake db:migrate',
    '',
  ].join('\n'),
  'app.json': JSON.stringify({
    name: 'rails',
    formation: {
      web: { quantity: 1, size: 'basic' },
      worker: { quantity: 1, size: 'basic' },
      resque: { quantity: 1, size: 'basic' },
      clock: { quantity: 1, size: 'basic' },
    },
    addons: [
      'heroku-postgresql:standard-0',
      { plan: 'heroku-redis:mini', as: 'FAST CACHE' },
      'scheduler:standard',
    ],
  }),
}

describe('celadon init', () => {
  test.each([
    ['a Rails app with everything', RAILS_APP],
    ['a Procfile with one line', { Procfile: 'web: bundle exec thin start\n' }],
    ['a web server that is not known', { Procfile: 'web: gunicorn shop:app\nworker: sidekiq\n' }],
  ])('writes a celadon.yml that simulate accepts: %s', async (_, files) => {
    const folder = folderWith(files)
    const init = await celadon(['init', folder])
    expect(init).toEqual({
      code: 0,
      stdout: `Wrote ${join(folder, 'celadon.yml')}. Replace its guesses, then run: celadon simulate ${folder}\n`,
      stderr: '',
    })
    const run = await celadon(['simulate', folder, '--duration', '30m', '--json', '-', '-q'])
    expect(run.stderr).toBe('')
    expect(run.code).toBe(0)
    const { requests, assumptions } = JSON.parse(run.stdout)
    expect(requests.served).toBeGreaterThan(1000)
    expect(assumptions.join()).not.toContain('celadon.yml')
  })

  test('fits the app: its add-ons, its workers, its clock', async () => {
    const folder = folderWith(RAILS_APP)
    await celadon(['init', folder])
    const text = readFileSync(join(folder, 'celadon.yml'), 'utf8')
    expect(text).toContain('calls: { heroku-postgresql: 3, "FAST CACHE": 3 }')
    expect(text).toContain('library: delayed_job')
    expect(text).toContain('library: resque\n    queue: images')
    expect(text).toContain('clock:\n  - { job: DelayedJob, every: 10m }')
    expect(text).toContain('scheduler:\n  - { command: rake daily')
  })

  test('does not overwrite unless it is told to', async () => {
    const folder = folderWith(RAILS_APP)
    const path = join(folder, 'celadon.yml')
    writeFileSync(path, 'seed: 5\n')
    const refused = await celadon(['init', folder])
    expect(refused.stderr).toBe(`${path}: is there already; --force overwrites it\n`)
    expect(refused.code).toBe(2)
    expect(readFileSync(path, 'utf8')).toBe('seed: 5\n')
    expect((await celadon(['init', folder, '--force'])).code).toBe(0)
    expect(readFileSync(path, 'utf8')).toContain('workload:')
  })
})
