import ora from 'ora'

/** How far a run has come. */
export interface ProgressState {
  /** Virtual time in milliseconds. */
  readonly nowMs: number
  readonly durationMs: number
  readonly requests: number
}

/** Tells how far a run has come. */
export interface Progress {
  update(state: ProgressState): void
  stop(): void
}

/** A run that takes no longer than this shows no progress, in milliseconds of wall time. */
const QUIET_MS = 1000

/** Time between two lines where no terminal can rewrite one, in milliseconds of wall time. */
const LINE_INTERVAL_MS = 5000

/** Shows nothing. */
export const noProgress: Progress = { update() {}, stop() {} }

/**
 * Progress on standard error, from the second on that a run lasts: one line that changes on a
 * terminal, otherwise a new line every five seconds.
 */
export function createProgress(): Progress {
  const { stderr } = process
  const startedAt = performance.now()
  const spinner = stderr.isTTY ? ora({ stream: stderr, discardStdin: false }) : null
  let nextLineAt = QUIET_MS
  return {
    update(state) {
      const elapsedMs = performance.now() - startedAt
      if (elapsedMs < QUIET_MS) return
      const text = describe(state, elapsedMs)
      if (spinner !== null) {
        spinner.text = text
        if (!spinner.isSpinning) spinner.start()
      } else if (elapsedMs >= nextLineAt) {
        nextLineAt = elapsedMs + LINE_INTERVAL_MS
        stderr.write(`${text}\n`)
      }
    },
    stop() {
      spinner?.stop()
    },
  }
}

/** `09:43   40 %  412,345 requests  8,100 times real time` */
function describe({ nowMs, durationMs, requests }: ProgressState, elapsedMs: number): string {
  const percent = Math.floor((100 * nowMs) / durationMs)
  const speed = Math.round(nowMs / elapsedMs)
  return `${clock(nowMs)}  ${percent} %  ${count(requests)} requests  ${count(speed)} times real time`
}

/** Virtual time since the start as hours and minutes, `26:05` on the second day. */
export function clock(ms: number): string {
  const minutes = Math.floor(ms / 60_000)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

function count(value: number): string {
  return value.toLocaleString('en')
}
