import type { HttpRequest, RequestSender } from '@celadon/contracts'
import type { RequestMix, RequestTarget } from '../../src/index.js'

/** Asks by hand, and counts by itself what comes of it. */
export class TestUser implements RequestSender {
  asked = 0
  /** Status of each answer, in the order of the answers. */
  readonly answers: number[] = []

  constructor(
    private readonly mix: RequestMix,
    private readonly target: RequestTarget,
  ) {}

  ask(): void {
    const request = this.mix.next()
    request.sender = this
    this.asked += 1
    this.target.handle(request)
  }

  answered(request: HttpRequest): void {
    this.answers.push(request.status)
  }
}
