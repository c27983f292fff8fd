import type { DynoProcess } from '@celadon/contracts'
import { RequestLine } from './served-request.js'
import type { WorkerTimeout } from './worker-timeout.js'

/** A place for a process of a web server. When the process is killed, the next one takes the place. */
export class Worker {
  /** Requests that it has accepted and no thread of it has taken up. */
  readonly todo: RequestLine = new RequestLine()
  /** Since when it has the request that it took up last; -1 when it has none. */
  busySince = -1
  /** What ends it when it takes too long for a request. */
  timeout: WorkerTimeout | null = null
  /** True while an event of that is pending. */
  watched = false
  /** True while it is not decided what becomes of a thread: it takes up nothing. */
  settling = false

  /** @param index from 0 */
  constructor(
    readonly index: number,
    readonly threads: number,
    public process: DynoProcess,
  ) {}

  /** Requests that it has accepted: those that occupy a thread, and those that wait for one. */
  get load(): number {
    return this.threads - this.process.idle + this.todo.length
  }
}
