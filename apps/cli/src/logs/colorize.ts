import type { ReadLine } from '@celadon/logplex'
import type { TerminalColors } from '../terminal-colors.js'
import { colorizeApi, colorizeDyno, colorizeMetrics } from './colorize-message.js'
import { colorizeRouter } from './colorize-router.js'

type Paint = (text: string) => string

/** Processes that have the first colours, whether they come first or not. */
const FIRST_TYPES = ['run', 'router', 'web', 'postgres', 'heroku-postgres']

/** Control characters of the log itself must not steer the terminal. */
const CONTROLS = /\p{Cc}/gu

/**
 * Turns lines into text for the terminal, coloured as `heroku logs` does: headers by process type, in
 * the order in which the types come, and what routers, dynos and the API say by its meaning. Source
 * of the colours: the heroku command's source.
 */
export class Colorizer {
  private readonly paints: readonly Paint[]
  private readonly assigned = new Map<string, Paint>()

  constructor(private readonly colors: TerminalColors) {
    const { yellow, green, cyan, magenta, blue, bold } = colors
    const plain: readonly Paint[] = [yellow, green, cyan, magenta, blue]
    const strong: readonly Paint[] = [green, cyan, magenta, yellow, blue]
    this.paints = [...plain, ...strong.map((paint) => (text: string) => bold(paint(text)))]
    for (const type of FIRST_TYPES) this.paintOf(type)
  }

  /**
   * The text of a line, without a line feed.
   *
   * @param header what stands before the message; may be empty
   */
  text(header: string, { process, text: message }: ReadLine): string {
    const text = message.replace(CONTROLS, visible)
    if (header === '') return text
    if (!this.colors.isColorSupported) return `${header} ${text}`
    return `${this.paintOf(process)(header)} ${this.message(process, text)}`
  }

  private message(process: string, text: string): string {
    const { colors } = this
    switch (typeOf(process)) {
      case 'router':
        return colorizeRouter(text, colors, (dyno) => this.paintOf(dyno)(dyno))
      case 'api':
        return colorizeApi(text, colors)
      case 'web':
      case 'run':
        return colorizeDyno(text, colors)
      case 'postgres':
      case 'heroku-postgres':
      case 'heroku-redis':
        return colorizeMetrics(text, colors)
      default:
        return text
    }
  }

  private paintOf(process: string): Paint {
    const type = typeOf(process)
    const { assigned, paints } = this
    const known = assigned.get(type)
    if (known !== undefined) return known
    const paint = paints[assigned.size % paints.length] ?? String
    assigned.set(type, paint)
    return paint
  }
}

/** `web` of `web.1`. */
function typeOf(process: string): string {
  const point = process.indexOf('.')
  return point < 0 ? process : process.slice(0, point)
}

function visible(control: string): string {
  return control === '\t' ? control : '?'
}
