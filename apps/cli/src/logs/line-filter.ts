import type { ReadLine } from '@celadon/logplex'

/** Which lines somebody wants, as `heroku logs` takes it. */
export interface LineWish {
  /** Only lines of this source, such as `app`. */
  readonly source?: string | undefined
  /** Only lines of this process, or of all of a type: `web` stands for `web.1` and so on. */
  readonly process?: string | undefined
}

/** Picks lines by where they come from. A line without a header goes with the line before it. */
export class LineFilter {
  private passed: boolean
  private readonly type: string

  constructor(private readonly wish: LineWish) {
    const { source, process } = wish
    this.passed = source === undefined && process === undefined
    this.type = `${process ?? ''}.`
  }

  passes(line: ReadLine): boolean {
    if (line.source !== '' || line.process !== '') this.passed = this.fits(line)
    return this.passed
  }

  private fits({ source, process }: ReadLine): boolean {
    const { wish, type } = this
    if (wish.source !== undefined && source !== wish.source) return false
    return wish.process === undefined || process === wish.process || process.startsWith(type)
  }
}
