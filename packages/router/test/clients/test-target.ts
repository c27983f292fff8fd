import type { HttpRequest } from '@celadon/contracts'
import type { Simulation } from '@celadon/kernel'
import type { RequestTarget } from '../../src/index.js'

/** What becomes of a request: its answer and when it comes; null: it never does. */
export interface Fate {
  readonly afterMs: number
  readonly status: number
}

/** Answers each request as the test says, within the call when it takes no time. */
export class TestTarget implements RequestTarget {
  handled = 0
  /** Requests without an answer. */
  open = 0
  /** Every request object that ever came. */
  readonly seen: Set<HttpRequest> = new Set()

  constructor(
    readonly simulation: Simulation,
    private readonly fate: (request: HttpRequest) => Fate | null,
  ) {}

  handle(request: HttpRequest): void {
    this.handled += 1
    this.open += 1
    this.seen.add(request)
    request.retain()
    request.arrivedAt = this.simulation.now
    const fate = this.fate(request)
    if (fate === null) return
    if (fate.afterMs === 0) this.answer(request, fate.status)
    else this.simulation.schedule(fate.afterMs, answer, { target: this, request }, fate.status)
  }

  answer(request: HttpRequest, status: number): void {
    this.open -= 1
    request.respondedAt = this.simulation.now
    request.status = status
    request.sender?.answered(request)
    request.release()
  }
}

function answer(
  { target, request }: { target: TestTarget; request: HttpRequest },
  status: number,
): void {
  target.answer(request, status)
}
