const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The text of a chunk that a firehose handed on. */
export function textOf(chunk: Uint8Array): string {
  return decoder.decode(chunk)
}
