/** Longest wait for another program, in milliseconds of wall time. */
export const PATIENCE_MS = 20_000

/** Waits for `promise`, but not for ever. `what` says in the error what did not happen. */
export async function inTime<Value>(promise: Promise<Value>, what: () => string): Promise<Value> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`not within ${PATIENCE_MS} ms: ${what()}`)),
      PATIENCE_MS,
    )
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}
