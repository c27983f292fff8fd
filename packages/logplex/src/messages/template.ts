/** A part of a text that varies. */
export interface Gap {
  /** Name of the field that holds it. */
  readonly field: string
  /** Source of a regular expression, without groups that capture. */
  readonly pattern: string
  readonly read: (text: string) => unknown
  readonly write: (value: unknown) => string
}

/** Anything, nothing too. At most one in a template: two of them would have no clear border. */
export function any(field: string): Gap {
  return plain(field, '.*')
}

/** Something without white space. */
export function word(field: string): Gap {
  return plain(field, '\\S+')
}

/** Whatever a regular expression accepts. */
export function plain(field: string, pattern: string): Gap {
  return { field, pattern, read: (text) => text, write: String }
}

/** A number that is printed with so many decimals; 12 digits at most stand before the point. */
export function number(field: string, decimals = 0): Gap {
  return {
    field,
    pattern: `(?:0|[1-9]\\d{0,11})${decimals === 0 ? '' : `\\.\\d{${decimals}}`}`,
    read: Number,
    write: (value) => Number(value).toFixed(decimals),
  }
}

/** Words without commas, parted by a comma and a space. */
export function list(field: string): Gap {
  return {
    field,
    pattern: '[^\\s,]+(?:, [^\\s,]+)*',
    read: (text) => text.split(', '),
    write: (value) => (value as readonly string[]).join(', '),
  }
}

/** A text with gaps. Writing fills them in, reading takes their contents out again. */
export class Template {
  private readonly expression: RegExp

  constructor(
    private readonly literals: readonly string[],
    private readonly gaps: readonly Gap[],
  ) {
    const sources = literals.map((literal, index) => {
      const gap = gaps[index]
      return escaped(literal) + (gap === undefined ? '' : `(${gap.pattern})`)
    })
    this.expression = new RegExp(`^${sources.join('')}$`, 's')
  }

  /** This text and then that one. */
  append(end: Template): Template {
    const [first = '', ...rest] = end.literals
    const literals = [...this.literals.slice(0, -1), `${this.literals.at(-1)}${first}`, ...rest]
    return new Template(literals, [...this.gaps, ...end.gaps])
  }

  /** The fields of a text; null when it is another one. */
  read(text: string): Readonly<Record<string, unknown>> | null {
    const match = this.expression.exec(text)
    if (match === null) return null
    const fields: Record<string, unknown> = {}
    let group = 1
    for (const { field, read } of this.gaps) {
      fields[field] = read(match[group] ?? '')
      group += 1
    }
    return fields
  }

  /** The text that has these fields. */
  write(fields: Readonly<Record<string, unknown>>): string {
    let text = ''
    for (const [index, literal] of this.literals.entries()) {
      const gap = this.gaps[index]
      text += gap === undefined ? literal : literal + gap.write(fields[gap.field])
    }
    return text
  }
}

/** A template: `words` stands before a template string whose values are its gaps. */
export function words(literals: TemplateStringsArray, ...gaps: readonly Gap[]): Template {
  return new Template(literals, gaps)
}

function escaped(literal: string): string {
  return literal.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}
