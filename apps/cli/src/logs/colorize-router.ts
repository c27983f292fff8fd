import type { TerminalColors } from '../terminal-colors.js'

/** `key=value`, the value quoted or not, or a word. */
const PART = /([^\s=]+)=("(?:[^"\\]|\\.)*"|\S*)|\S+/g

/** Up to how many milliseconds a duration is very good, good, slow, and too slow. */
const VERY_GOOD_MS = 100
const GOOD_MS = 500
const SLOW_MS = 5000
const TOO_SLOW_MS = 10_000

/** A router's message in colours, key by key. */
export function colorizeRouter(
  text: string,
  colors: TerminalColors,
  paintDyno: (dyno: string) => string,
): string {
  return text.replace(PART, (part: string, key: string | undefined, value: string) => {
    if (key === undefined) return colors.dim(part)
    return `${colors.dim(`${key}=`)}${value === '' ? '' : paintValue(key, value, colors, paintDyno)}`
  })
}

function paintValue(
  key: string,
  value: string,
  colors: TerminalColors,
  paintDyno: (dyno: string) => string,
): string {
  switch (key) {
    case 'at':
      return value === 'error' ? colors.red(value) : colors.dim(value)
    case 'code':
      return colors.bold(colors.red(value))
    case 'method':
      return colors.magenta(value)
    case 'path':
      return colors.green(value)
    case 'dyno':
      return paintDyno(value)
    case 'status':
      return paintStatus(value, colors)
    case 'connect':
    case 'service':
      return paintDuration(value, colors)
    default:
      return colors.dim(value)
  }
}

/** A status in the colour of its class. */
export function paintStatus(status: string, colors: TerminalColors): string {
  const { green, cyan, yellow, red } = colors
  const paint = { '2': green, '3': cyan, '4': yellow, '5': red }[status.slice(0, 1)]
  return paint === undefined ? status : paint(status)
}

function paintDuration(duration: string, colors: TerminalColors): string {
  const ms = Number.parseInt(duration, 10)
  if (!(ms > 0)) return duration
  if (ms < VERY_GOOD_MS) return colors.greenBright(duration)
  if (ms < GOOD_MS) return colors.green(duration)
  if (ms < SLOW_MS) return colors.yellow(duration)
  if (ms < TOO_SLOW_MS) return colors.yellowBright(duration)
  return colors.red(duration)
}
