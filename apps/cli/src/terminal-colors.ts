import type { WriteStream } from 'node:tty'
import picocolors from 'picocolors'

/** Functions that colour a text, or leave it as it is. */
export type TerminalColors = ReturnType<typeof picocolors.createColors>

/**
 * Colours for a stream: none when it is no terminal, or when the user wants none (`NO_COLOR`). With
 * `FORCE_COLOR` set to anything but 0 there are colours everywhere.
 */
export function colorsFor(stream: WriteStream): TerminalColors {
  const { FORCE_COLOR: force = '' } = process.env
  if (force === '0') return coloring(false)
  return coloring((stream.isTTY === true || force !== '') && picocolors.isColorSupported)
}

/** Colours, or none of them. */
export function coloring(enabled: boolean): TerminalColors {
  return picocolors.createColors(enabled)
}
