import type { HttpRequest, RequestSender, Session } from '@celadon/contracts'
import { type Distribution, Sampler, type Simulation } from '@celadon/kernel'
import { AskStatistics, isError } from './ask-statistics.js'
import { wholeNumber } from './option-checks.js'
import type { RequestMix } from './request-mix.js'
import type { RequestTarget } from './request-target.js'
import { type UserPoint, UserProfile } from './user-profile.js'

/** What {@link closedLoop} needs. */
export interface ClosedLoopOptions {
  readonly simulation: Simulation
  /** How many users there are: one number, or corners between which it changes linearly. */
  readonly users: number | readonly UserPoint[]
  /** Time in milliseconds from an answer until the same user's next request. Default: none. */
  readonly thinkMs?: Distribution
  readonly mix: RequestMix
  readonly target: RequestTarget
  /** The random stream of the think times is named after it. Default `clients`. */
  readonly name?: string
}

/**
 * Makes a closed loop: each user asks, waits for the answer, thinks, and asks again, so that a slow
 * platform gets less to do. Load generators call the users virtual users. `start` lets it begin.
 *
 * A user begins with a think time. One that does not think and is answered in no time, with an error
 * page, pauses for a millisecond: a guess, without which it would ask for ever at one moment.
 *
 * @throws `ROUTER_CLIENT_INVALID` when the users are not whole numbers in order of time
 */
export function closedLoop(options: ClosedLoopOptions): ClosedLoop {
  return new ClosedLoop(options)
}

const SHORTEST_LAP_MS = 1
const NONE = -1

/** Users who wait for their answers. */
export class ClosedLoop {
  readonly statistics: AskStatistics = new AskStatistics()
  private readonly simulation: Simulation
  private readonly mix: RequestMix
  private readonly target: RequestTarget
  private readonly think: Sampler | null
  private readonly profile: UserProfile
  /** All that there ever were; the first `present` of them are there. */
  private readonly everybody: User[] = []
  private present = 0

  /** Use {@link closedLoop}. */
  constructor(options: ClosedLoopOptions) {
    const { simulation, users, thinkMs, mix, target, name = 'clients' } = options
    this.simulation = simulation
    this.mix = mix
    this.target = target
    this.think =
      thinkMs === undefined ? null : new Sampler(thinkMs, simulation.stream(`${name}/think`))
    this.profile = new UserProfile(typeof users === 'number' ? [{ atMs: 0, users }] : users)
  }

  /** Users that are there. Those that left may still wait for an answer. */
  get users(): number {
    return this.present
  }

  /** Lets the first users in. Call it once. */
  start(): void {
    this.setUsers(this.profile.users)
    this.awaitStep()
  }

  /**
   * Changes the number of users now, until the next step of a profile. New ones begin with a think
   * time. Who came last leaves first: at once when thinking, otherwise after the answer.
   *
   * @throws `ROUTER_CLIENT_INVALID` when it is not a whole number, 0 or more
   */
  setUsers(users: number): void {
    const before = this.present
    this.present = wholeNumber('users', users, 0)
    for (let index = before; index < users; index += 1) this.enter(index)
    for (let index = users; index < before; index += 1) this.leave(index)
  }

  /** @internal */
  step(users: number): void {
    this.setUsers(users)
    this.awaitStep()
  }

  /** @internal */
  ask(user: User): void {
    const { statistics } = this
    const request = this.mix.next()
    request.sender = user
    request.session = user.session
    user.thinkTicket = NONE
    user.askedAt = this.simulation.now
    statistics.asks += 1
    statistics.attempts += 1
    this.target.handle(request)
  }

  /** @internal */
  answered(user: User, request: HttpRequest): void {
    const latencyMs = this.simulation.now - user.askedAt
    user.askedAt = NONE
    this.statistics.end(isError(request), latencyMs)
    if (user.index < this.present) this.pause(user, latencyMs > 0 ? 0 : SHORTEST_LAP_MS)
  }

  private awaitStep(): void {
    const atMs = this.profile.next()
    if (atMs === Number.POSITIVE_INFINITY) return
    const delayMs = Math.max(0, atMs - this.simulation.now)
    this.simulation.schedule(delayMs, step, this, this.profile.users)
  }

  private enter(index: number): void {
    const user = this.everybody[index] ?? new User(this, index)
    this.everybody[index] = user
    // One that has left but waits for an answer stays.
    if (user.askedAt !== NONE) return
    user.session = this.mix.pool.newSession()
    this.pause(user, 0)
  }

  private leave(index: number): void {
    const user = this.everybody[index] as User
    if (user.thinkTicket === NONE) return
    this.simulation.cancel(user.thinkTicket)
    user.thinkTicket = NONE
  }

  /** @param shortestMs pause of a user who does not think */
  private pause(user: User, shortestMs: number): void {
    const thinkMs = this.think?.next() ?? 0
    user.thinkTicket = this.simulation.schedule(thinkMs > 0 ? thinkMs : shortestMs, ask, user)
  }
}

class User implements RequestSender {
  session: Session | null = null
  /** Of the end of its think time; -1 when it does not think. */
  thinkTicket: number = NONE
  /** When it sent the request whose answer it waits for; -1 when it waits for none. */
  askedAt: number = NONE

  constructor(
    readonly loop: ClosedLoop,
    readonly index: number,
  ) {}

  answered(request: HttpRequest): void {
    this.loop.answered(this, request)
  }
}

function ask(user: User): void {
  user.loop.ask(user)
}

function step(loop: ClosedLoop, users: number): void {
  loop.step(users)
}
