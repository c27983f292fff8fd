// An HTTPS drain says in its headers what the body is, and names the body so that a repetition shows.

import { expect, test } from 'vitest'
import { frameId, httpsHeaders } from '../../src/index.js'

const TOKEN = 'd.9173ea1f-6f14-4976-9cf0-7cd0dafdcdbc'

test('the headers of a POST', () => {
  const id = frameId(TOKEN, 1)
  expect(httpsHeaders({ token: TOKEN, messages: 12, frameId: id })).toEqual({
    'Content-Type': 'application/logplex-1',
    'Logplex-Msg-Count': '12',
    'Logplex-Frame-Id': id,
    'Logplex-Drain-Token': TOKEN,
    'User-Agent': 'Logplex/v49',
  })
})

test('a frame id is 32 upper-case digits, the same for the same body only', () => {
  const ids = Array.from({ length: 1000 }, (_, number) => frameId(TOKEN, number))
  for (const id of ids) expect(id).toMatch(/^[0-9A-F]{32}$/)
  expect(new Set(ids).size).toBe(ids.length)
  expect(frameId(TOKEN, 7)).toBe(ids[7])
  expect(frameId('d.another', 7)).not.toBe(ids[7])
})
