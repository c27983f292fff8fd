// What happens when a dyno refuses a connection or leaves it unanswered: other dynos are tried, the
// dyno is avoided for 5 s by the instance that saw it, and the last failure gives the code.
import { describe, expect, test } from 'vitest'
import { chooseBy } from './choose-by.js'
import { testApp } from './test-app.js'
import type { Manner } from './test-pool.js'

/** Always the first candidate. */
const first = chooseBy(() => 0)

function times(count: number, manner: Manner): Manner[] {
  return new Array<Manner>(count).fill(manner)
}

test('a refused connection goes to another dyno at once', () => {
  const { simulation, dynos, send } = testApp(['refuse', 'keep'], { policy: first })
  simulation.run(100)
  const request = send()
  expect(dynos.map(({ attempts }) => attempts)).toEqual([1, 1])
  expect(request).toMatchObject({ dyno: 'web.2', dispatchedAt: 100, connectMs: 0 })
  simulation.run(200)
  dynos[1]?.answer()
  expect(request).toMatchObject({ code: '', status: 200, respondedAt: 200 })
})

test('an unanswered connection goes to another dyno after 5 s, which count as connecting', () => {
  const { simulation, dynos, send } = testApp(['ignore', 'ignore', 'keep'], {
    policy: first,
    settings: { quarantineMs: 60_000 },
  })
  const request = send()
  simulation.run(9_999)
  expect(dynos.map(({ attempts }) => attempts)).toEqual([1, 1, 0])
  simulation.run(10_000)
  expect(request).toMatchObject({ dyno: 'web.3', dispatchedAt: 0, connectMs: 10_000 })
  simulation.run(39_999)
  expect(request.status).toBe(0)
  simulation.run(40_000)
  expect(request).toMatchObject({ code: 'H12', respondedAt: 40_000 })
})

describe.each([
  ['H21', 'refuse', 0],
  ['H19', 'ignore', 5000],
] as const)('%s: every attempt fails', (code, manner, attemptMs) => {
  test.each([
    [1, 1],
    [2, 2],
    [9, 9],
    [10, 10],
    [15, 10],
  ])('of %i dynos %i are tried', (count, attempts) => {
    const { simulation, dynos, answered, send } = testApp(times(count, manner))
    const request = send()
    simulation.run(attempts * attemptMs)
    expect(request).toMatchObject({ code, status: 503, bytes: 0 })
    expect(request.respondedAt).toBe(attempts * attemptMs)
    expect(request.connectMs).toBe(attempts * attemptMs)
    expect(request.dyno).toMatch(/^web\.\d+$/)
    expect(dynos.reduce((sum, dyno) => sum + dyno.attempts, 0)).toBe(attempts)
    simulation.run(200_000)
    expect(answered).toEqual([request])
  })
})

test('every request has all its attempts', () => {
  const { simulation, dynos, send } = testApp(['refuse', 'refuse', 'refuse'])
  for (let count = 1; count <= 4; count += 1) {
    expect(send().code).toBe('H21')
    expect(dynos.map(({ attempts }) => attempts)).toEqual([count, count, count])
    simulation.run(count * 5000)
  }
})

test('a pause between two attempts counts as connecting', () => {
  const { simulation, dynos, send } = testApp(times(3, 'ignore'))
  const request = send()
  simulation.run(4000)
  for (const dyno of dynos) dyno.manner = 'refuse'
  expect(send().code).toBe('H21')
  for (const dyno of dynos) dyno.manner = 'answer'
  // At 5 s the attempt fails, all dynos are in quarantine, and 6 s of pause follow.
  simulation.run(10_999)
  expect(request).toMatchObject({ status: 0, dyno: '' })
  simulation.run(11_000)
  expect(request).toMatchObject({ status: 200, dispatchedAt: 0, connectMs: 11_000 })
})

test('the last failure names the code', () => {
  for (const [manners, code] of [
    [['ignore', 'refuse'], 'H21'],
    [['refuse', 'ignore'], 'H19'],
  ] as const) {
    const { simulation, send } = testApp(manners, { policy: first })
    const request = send()
    simulation.run(5000)
    expect(request).toMatchObject({ code, connectMs: 5000, dyno: 'web.2', respondedAt: 5000 })
  }
})

test('a dyno is avoided for 5 s after a failure', () => {
  const { simulation, dynos, send } = testApp(['refuse', 'keep'], { policy: first })
  send()
  simulation.run(4999.999)
  send()
  expect(dynos[0]?.attempts).toBe(1)
  simulation.run(5000)
  send()
  expect(dynos[0]?.attempts).toBe(2)
})

test('what one instance knows of a dyno the others do not know', () => {
  const { dynos, send } = testApp(['refuse', 'keep'], {
    policy: first,
    settings: { instances: 3 },
  })
  for (let count = 0; count < 100; count += 1) send()
  expect(dynos[0]?.attempts).toBe(3)
})

test('an attempt that goes unanswered counts as under way until it has failed', () => {
  const seen: (readonly number[])[] = []
  const { simulation, send } = testApp(['ignore', 'keep', 'keep'], {
    policy: chooseBy((candidates) => {
      seen.push(candidates.map(({ active }) => active))
      return 0
    }),
  })
  send()
  send()
  simulation.run(5000)
  simulation.run(10_000)
  send()
  // Both attempts fail at 5 s and go to web.2; at 10 s web.1 is a candidate again, with none.
  expect(seen).toEqual([
    [0, 0, 0],
    [1, 0, 0],
    [0, 0],
    [1, 0],
    [0, 2, 0],
  ])
})

test('a request whose dynos have all gone meanwhile is held until one is up', () => {
  const { simulation, pool, dynos, send } = testApp(['ignore'])
  const request = send()
  simulation.run(1000)
  pool.change('starting')
  simulation.run(20_000)
  expect(request).toMatchObject({ status: 0, dyno: '' })
  const [dyno] = dynos
  if (dyno !== undefined) dyno.manner = 'answer'
  pool.change('up', dynos)
  expect(request).toMatchObject({ status: 200, dyno: 'web.1', respondedAt: 20_000 })
})

test('on bamboo a refused request keeps its place in front of the others', () => {
  const { simulation, dynos, send } = testApp(['keep', 'refuse'], {
    generation: 'bamboo-2010',
    policy: chooseBy(({ length }) => length - 1),
  })
  const requests = [send(), send(), send()]
  // The first went to web.1 when web.2 refused it; web.2 is in quarantine until 5 s.
  expect(requests.map(({ dyno }) => dyno)).toEqual(['web.1', '', ''])
  simulation.run(4999)
  expect(requests[1]?.dyno).toBe('')
  // The second is refused at 5 s and must not fall behind the third.
  simulation.run(6000)
  expect(dynos[1]?.attempts).toBe(2)
  dynos[0]?.answer()
  expect(requests.map(({ dyno }) => dyno)).toEqual(['web.1', 'web.1', ''])
})

test('a request that waits gets a dyno when its quarantine ends', () => {
  const { simulation, dynos, send } = testApp(['keep', 'refuse'], {
    generation: 'bamboo-2010',
    policy: chooseBy(({ length }) => length - 1),
  })
  send()
  const waiting = send()
  if (dynos[1] !== undefined) dynos[1].manner = 'answer'
  simulation.run(4999)
  expect(waiting.status).toBe(0)
  simulation.run(5000)
  expect(waiting).toMatchObject({ status: 200, dyno: 'web.2', respondedAt: 5000 })
})
