/** Something that the user can put right. It is told in words, without a stack. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
}

/** The code of an error of the file system, such as `ENOENT`; undefined for other errors. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}
