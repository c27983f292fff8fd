import type { WriteStream } from 'node:tty'
import picocolors from 'picocolors'

/** Colours for a stream: none when it is no terminal, or when the user wants none (`NO_COLOR`). */
export function colorsFor(stream: WriteStream): ReturnType<typeof picocolors.createColors> {
  return picocolors.createColors(stream.isTTY === true && picocolors.isColorSupported)
}
