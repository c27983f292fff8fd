/** A size of dyno and what it offers. */
export interface DynoSize {
  /** Heroku's name, for example `standard-2x`. */
  readonly name: string
  readonly memoryMb: number
  /** How many threads can compute at full speed at the same time while the host is quiet. */
  readonly cores: number
  /** Cores that are left to it while all its neighbours on the host compute. */
  readonly guaranteedCores: number
  readonly usdPerHour: number
  /** True when no other customer's dynos run on the same host. */
  readonly dedicated: boolean
  /** A dyno is killed (R15) when its memory passes this multiple of `memoryMb`. */
  readonly memoryKillFactor: number
  /** Processes and threads at most (`ulimit -u`). */
  readonly processesMax: number
  /** Dynos of one process type at most. */
  readonly quantityMax: number
  /** First and last day of sale, `YYYY-MM-DD` or a part of it; null: still sold. */
  readonly since: string
  readonly until: string | null
}
