import type { DynoSize } from './dyno-size.js'
import type { Connection, ResponsePort } from './pool.js'
import type { HttpRequest } from './request.js'
import type { RandomSource, Scheduler } from './simulation.js'
import type { Work } from './work.js'

/** What a dyno gives to the program that runs on it. */
export interface DynoHost {
  /** Name of the dyno, for example `web.1`. */
  readonly name: string
  readonly size: DynoSize
  readonly scheduler: Scheduler
  readonly files: DynoFiles
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
  /** A request that was accepted is dropped before any process took it up. */
  requestDropped(request: HttpRequest): void
  /** Starts an operating-system process. */
  spawn(options: ProcessOptions): DynoProcess
  /** Tells that the program listens on `$PORT`. Only then does a web dyno count as up. */
  bindPort(): void
  /** The program has ended with this exit status. */
  exit(status: number): void
}

/** The dyno's own file system: files live as long as the dyno, and no other dyno sees them. */
export interface DynoFiles {
  /** Writes a file. False when the file system is read-only at this path, as Bamboo's was. */
  write(path: string, bytes: number): boolean
  /**
   * Size in bytes of a file that this life of the dyno wrote; null when it did not. A file that an
   * earlier life or another dyno wrote is gone: reading it is counted and reported.
   */
  read(path: string): number | null
}

/** What a program asks for when it starts a process. */
export interface ProcessOptions {
  /** Units of work that it can have under way at the same time; `Infinity`: an event loop. */
  readonly threads: number
  /**
   * Set when only one of its threads computes at a time, as under Ruby's and Python's global
   * interpreter lock; null when all may.
   */
  readonly globalLock: GlobalLock | null
  readonly memory: MemoryOptions
}

/** A lock that a thread holds while it computes. */
export interface GlobalLock {
  /**
   * Computing time after which it goes to a thread that waits for it, in milliseconds. `Infinity`:
   * never.
   */
  readonly sliceMs: number
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
  /**
   * Raises an error in the thread that runs `work`, as a time-out within the process does: the rest
   * of the steps is skipped, `work.error` is set and `done` is called. False when it does not run here.
   */
  interrupt(work: Work, error: string): boolean
  /**
   * Takes an idle thread that blocks outside of a unit of work, as one that reads a slow upload does.
   * Throws when no thread is idle.
   */
  occupy(): void
  /** Makes a thread idle again that {@link occupy} took. */
  vacate(): void
  /** Ends the process at once. Work that it had under way is never done. */
  kill(): void
}

/** A time in milliseconds, or the distribution that it is drawn from. The kernel's distributions fit. */
export type BootTime = number | { quantile(probability: number): number }

/** What a dyno runs: a web server, a worker, a clock. The Procfile names it, a factory makes it. */
export interface Program {
  /** Name in reports, for example `puma 2x5`. */
  readonly name: string
  /** Time from the start of the process until it is ready, drawn for each start. */
  readonly bootMs: BootTime
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
  /**
   * The router has closed the connection of a request that is not answered in full: its client left,
   * fell silent, or timed out. A server notices only where it reads or writes: an upload that will
   * not be completed ends, a WebSocket ends, the next write fails; computing goes on.
   */
  disconnected?(request: HttpRequest, port: ResponsePort): void
}
