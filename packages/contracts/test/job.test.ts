import { expect, test } from 'vitest'
import { Job, type JobClass } from '../src/index.js'

test('a new job may run from the moment it is enqueued and has not been tried', () => {
  const mail: JobClass = {
    name: 'ReceiptMailer',
    queue: 'mailers',
    priority: 0,
    failureRate: 0,
    draw: (work) => {
      work.demandMs = 20
    },
  }
  const job = new Job(1, mail, 1234)
  expect(job).toMatchObject({ id: 1, runAt: 1234, attempts: 0, startedAt: -1, finishedAt: -1 })
  mail.draw(job.work)
  expect(job.work).toEqual({ demandMs: 20, steps: [], error: null, output: null })
})
