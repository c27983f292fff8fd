import { invalidClient, wholeNumber } from './option-checks.js'

/** A corner of the number of users. */
export interface UserPoint {
  /** Virtual time in milliseconds. */
  readonly atMs: number
  /** Users from here on; between two points their number changes linearly, one user at a time. */
  readonly users: number
}

/** A number of users that changes over time. It remembers where it is: ask in order of time. */
export class UserProfile {
  /** Users from the present step on. */
  users: number
  private segment = 0

  /**
   * @param points in order of time. The first number holds before them, the last one after them; two
   *   points at one time make a step
   * @throws `ROUTER_CLIENT_INVALID` when there is no point, a number of users is not a whole one, or
   *   time runs back
   */
  constructor(private readonly points: readonly UserPoint[]) {
    let previousMs = 0
    for (const [index, { atMs, users }] of points.entries()) {
      wholeNumber(`users[${index}].users`, users, 0)
      if (!(atMs >= previousMs && atMs < Number.POSITIVE_INFINITY)) {
        throw invalidClient(`users[${index}].atMs`, `a time from ${previousMs} ms on`, atMs)
      }
      previousMs = atMs
    }
    const [first] = points
    if (first === undefined) throw invalidClient('users', 'at least one point', 'an empty list')
    this.users = first.users
  }

  /** Takes the next step; returns its time in milliseconds, `Infinity` when there is none left. */
  next(): number {
    for (;;) {
      const from = this.points[this.segment]
      const to = this.points[this.segment + 1]
      if (from === undefined || to === undefined) return Number.POSITIVE_INFINITY
      if (this.users === to.users) {
        this.segment += 1
        continue
      }
      if (from.atMs === to.atMs) {
        this.users = to.users
        return to.atMs
      }
      this.users += Math.sign(to.users - this.users)
      const progress = (this.users - from.users) / (to.users - from.users)
      return from.atMs + progress * (to.atMs - from.atMs)
    }
  }
}
