import type { Backend, DynoPool, HttpRequest, RandomSource, Scheduler } from '@celadon/contracts'
import type { RouterSettings } from '../settings.js'

/** What a router instance knows of a dyno when it chooses. */
export interface Candidate {
  /** For example `web.1`. */
  readonly name: string
  /**
   * Requests that this router instance has under way there. Neither those of the other instances
   * nor those that ended as H12, on which the dyno may still work, are in it.
   */
  readonly active: number
  /** The dyno itself, for policies with a true view: `backend.load`. Heroku's routers had none. */
  readonly backend: Backend
}

/** What a policy gets from its router, once. */
export interface PolicyContext {
  /** The policy's own random stream. */
  readonly stream: RandomSource
  readonly scheduler: Scheduler
  /** Number of router instances. */
  readonly instances: number
  /** All dynos, as the manifold knows them. */
  readonly pool: DynoPool
}

/** A policy at work in one router. */
export interface Balancer {
  /**
   * Picks one of the candidates and returns its index. Candidates are the dynos that are neither in
   * quarantine nor at their limit, in the order of the pool, and there are at least two: a single
   * one is taken without asking. The list is the router's own and changes after the call.
   *
   * @param instance index of the router instance that asks, from 0
   */
  choose(candidates: readonly Candidate[], request: HttpRequest, instance: number): number
}

/** A balancing policy: how a dyno is chosen when there are several. */
export interface Policy {
  /** Name in reports, for example `power of 2 choices`. */
  readonly name: string
  /** Settings that belong to it; departures that are given to the router win. */
  readonly settings?: Partial<RouterSettings>
  /** Called once per router. State lives in the object that it returns. */
  create(context: PolicyContext): Balancer
}
