import type { HttpRequest } from '@celadon/contracts'
import { expect } from 'vitest'

/** Looks at every answer of a run, and keeps what Little's law needs. */
export class Observer {
  answers = 0
  /** Sum of the times that answered requests have spent between arrival and answer. */
  sojournMs = 0

  readonly see = (request: HttpRequest): void => {
    this.answers += 1
    this.sojournMs += request.respondedAt - request.arrivedAt
    expectInOrder(request)
    expectMeaningful(request)
  }
}

/** The moments of a request follow each other. */
function expectInOrder(request: HttpRequest): void {
  const { arrivedAt, dispatchedAt, firstByteAt, respondedAt, startedAt, finishedAt } = request
  expect(arrivedAt).toBeGreaterThanOrEqual(0)
  expect(respondedAt).toBeGreaterThanOrEqual(arrivedAt)
  if (dispatchedAt >= 0) expect(dispatchedAt).toBeGreaterThanOrEqual(arrivedAt)
  if (firstByteAt >= 0) {
    expect(firstByteAt).toBeGreaterThanOrEqual(dispatchedAt)
    expect(respondedAt).toBeGreaterThanOrEqual(firstByteAt)
  }
  if (startedAt >= 0) expect(startedAt).toBeGreaterThanOrEqual(dispatchedAt)
  if (finishedAt >= 0) expect(finishedAt).toBeGreaterThanOrEqual(startedAt)
}

/** Status, code and dyno of a request agree. */
function expectMeaningful({ status, code, dyno, bytes, routerIndex }: HttpRequest): void {
  expect(routerIndex).toBeGreaterThanOrEqual(0)
  expect(bytes).toBeGreaterThanOrEqual(0)
  if (code === '') {
    expect([101, 200, 500, 503]).toContain(status)
    expect(dyno).toMatch(/^web\.\d+$/)
  } else if (code === 'H24') {
    expect(status).toBe(0)
  } else {
    expect(status).toBe(code === 'H27' || code === 'H28' ? 499 : 503)
  }
  if (code === 'H12' || code === 'H13' || code === 'H18') expect(dyno).toMatch(/^web\.\d+$/)
  if (code === 'H14' || code === 'H20' || code === 'H80') expect(dyno).toBe('')
}
