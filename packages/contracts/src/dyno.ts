import type { HttpRequest } from './request.js'
import type { RandomSource, Scheduler } from './simulation.js'
import type { Work } from './work.js'

/** A size of dyno and what it offers. */
export interface DynoSize {
  /** Heroku's name, for example `standard-2x`. */
  readonly name: string
  readonly memoryMb: number
  /** How many threads can compute at full speed at the same time. */
  readonly cores: number
  readonly usdPerHour: number
  /** True when no other customer's dynos run on the same host. */
  readonly dedicated: boolean
  /** A dyno is killed (R15) when its memory passes this multiple of `memoryMb`. */
  readonly memoryKillFactor: number
}

/** What a dyno gives to the program that runs on it. */
export interface DynoHost {
  /** Name of the dyno, for example `web.1`. */
  readonly name: string
  readonly size: DynoSize
  readonly scheduler: Scheduler
  /** A random stream of this dyno, by purpose. */
  stream(purpose: string): RandomSource
  /** Writes a line to standard output, which becomes `app[web.1]: text`. */
  log(text: string): void
  /** A process takes up a request that was connected to this dyno; sets `request.startedAt`. */
  requestStarted(request: HttpRequest): void
  /**
   * A process is through with a request, for its client or for nobody; sets `request.finishedAt`.
   * Call it before responding: the app's own log line, statistics and the jobs that the request
   * enqueues follow from it.
   */
  requestFinished(request: HttpRequest): void
  /** Starts an operating-system process. */
  spawn(options: ProcessOptions): DynoProcess
  /** Tells that the program listens on `$PORT`. Only then does a web dyno count as up. */
  bindPort(): void
  /** The program has ended with this exit status. */
  exit(status: number): void
}

/** What a program asks for when it starts a process. */
export interface ProcessOptions {
  /** Units of work that it can have under way at the same time. */
  readonly threads: number
  /**
   * True when only one of its threads computes at a time, as under Ruby's and Python's global
   * interpreter lock.
   */
  readonly globalLock: boolean
  readonly memory: MemoryOptions
}

/** Memory of one process: it starts at `startMb` and approaches `fullMb` as it serves. */
export interface MemoryOptions {
  readonly startMb: number
  readonly fullMb: number
  /** Units of work after which 63 % of the growth has happened. */
  readonly growthWorks: number
  /** Memory that every further unit of work leaks, in MB. */
  readonly leakMb: number
}

/** An operating-system process on a dyno. */
export interface DynoProcess {
  /** Threads without work. */
  readonly idle: number
  /**
   * Runs the steps of `work` on an idle thread, then calls `done(owner, subject)`; `work.error`
   * tells whether it failed. Throws when no thread is idle.
   */
  run<Owner, Subject>(
    work: Work,
    done: (owner: Owner, subject: Subject) => void,
    owner: Owner,
    subject: Subject,
  ): void
  /** Ends the process at once. Work that it had under way is never done. */
  kill(): void
}

/** What a dyno runs: a web server, a worker, a clock. The Procfile names it, a factory makes it. */
export interface Program {
  /** Name in reports, for example `puma 2x5`. */
  readonly name: string
  /** Time from the start of the process until it is ready, in milliseconds. */
  readonly bootMs: number
  /** Requests or jobs that one dyno has under way at most. */
  readonly slots: number
  /** Called when the boot time is over. */
  start(host: DynoHost): RunningProgram
}

/** A program on one dyno. */
export interface RunningProgram {
  /**
   * SIGTERM: close requests that no process has taken up, finish or put back what is under way, then
   * call the host's `exit`.
   */
  terminate(): void
  /** SIGKILL: everything under way is lost. The host has already ended the processes. */
  kill(): void
  /**
   * Takes a request over from a router. Called only while the dyno is up. Missing on programs that do
   * not serve HTTP.
   */
  connect?(request: HttpRequest, port: ResponsePort): Connection
}

/**
 * What became of an attempt to connect to a dyno: its program took the request over; nothing listens
 * there; or the listen queue is full and the connection attempt goes unanswered.
 */
export type Connection = 'accepted' | 'refused' | 'timeout'

/** What a dyno answers through: the router that sent the request. */
export interface ResponsePort {
  /** The program has written its response. */
  respond(request: HttpRequest, status: number, bytes: number): void
  /** The connection closed before any byte of a response was written. */
  close(request: HttpRequest): void
}

/** One dyno as a router sees it. */
export interface Backend {
  /** For example `web.1`. */
  readonly name: string
  /**
   * Tries to hand a request over. When accepted, `port` hears of its end exactly once, maybe before
   * `connect` returns; otherwise never.
   */
  connect(request: HttpRequest, port: ResponsePort): Connection
}

/**
 * Why there are backends or none: `up`: at least one dyno takes requests; `starting`: none yet;
 * `crashed`: all have crashed; `idle`: the app sleeps; `none`: the process type is scaled to 0.
 */
export type PoolStatus = 'up' | 'starting' | 'crashed' | 'idle' | 'none'

/** The dynos behind a router. `@celadon/dyno-manifold` has one per process type. */
export interface DynoPool {
  readonly status: PoolStatus
  /** Dynos that take requests, replaced as a whole whenever it changes. */
  readonly backends: readonly Backend[]
  /** Dynos that ought to run, whatever state they are in. */
  readonly quantity: number
  /** Starts a sleeping app. */
  wake(): void
  /** Calls `listener` after each change of status or backends. Returns a function that ends it. */
  watch(listener: () => void): () => void
}
