import { describe, expect, test } from 'vitest'
import { parseMessage } from '../../src/index.js'

describe('a text', () => {
  test.each([
    ['heroku', 'web.1', 'Restarting soon'],
    ['heroku', 'web.1', 'Process exited with status unknown'],
    ['heroku', 'web.1', 'Process exited with status 007'],
    ['heroku', 'web.1', 'Error R14 Memory quota exceeded'],
    ['app', 'web.1', 'State changed from up to down'],
    ['app', 'web.1', 'Release v1 created by user ann@example.com'],
    ['app', 'web.1', 'measure#x=1 and more'],
    ['app', 'web.1', 'method=GET path=/ format=html status=200 duration=1.50 and more'],
    ['app', 'web.1', 'method=GET path=/ status=OK duration=1.50'],
    ['app', 'heroku-postgres', 'source=DATABASE sample#x=1 more'],
    ['app', 'heroku-postgres', 'source=DATABASE measure#x=1'],
    ['app', 'heroku-postgres', 'source=DATABASE addon=postgresql-flat-1 '],
    ['app', 'api', 'Scaled to nothing'],
  ])('is what has nearly a form: %s[%s]: %s', (source, process, text) => {
    expect(parseMessage(source, process, text)).toEqual({ type: 'text', text })
  })
})
