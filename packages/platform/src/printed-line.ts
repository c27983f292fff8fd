import type { HttpRequest } from '@celadon/contracts'

/** What a placeholder stands for. */
const FIELDS: Readonly<Record<string, (request: HttpRequest) => string>> = {
  dyno: ({ dyno }) => dyno,
  method: ({ endpoint }) => endpoint.method,
  path: ({ endpoint }) => endpoint.path,
  queue: ({ startedAt, arrivedAt }) => wholeMs(startedAt - arrivedAt),
  service: ({ finishedAt, startedAt }) => wholeMs(finishedAt - startedAt),
}

/** A word in braces; `{"ms":1}` is text. */
const PLACEHOLDER = /\{([A-Za-z_]+)\}/

/** Names that a placeholder may have. */
export const PLACEHOLDERS: readonly string[] = Object.keys(FIELDS)

/** A line that an app prints about a request, made from text with placeholders. */
export class PrintedLine {
  /** Texts and what stands between them, in turns. */
  private readonly parts: readonly (string | ((request: HttpRequest) => string))[]

  constructor(template: string) {
    this.parts = template
      .split(PLACEHOLDER)
      .map((part, index) => (index % 2 === 0 ? part : (FIELDS[part] ?? `{${part}}`)))
  }

  /** The text for a request that its dyno is through with. */
  textOf(request: HttpRequest): string {
    let text = ''
    for (const part of this.parts) text += typeof part === 'string' ? part : part(request)
    return text
  }
}

/** Placeholders in a template that stand for nothing. */
export function unknownPlaceholders(template: string): readonly string[] {
  return template
    .split(PLACEHOLDER)
    .filter((name, index) => index % 2 === 1 && !PLACEHOLDERS.includes(name))
}

function wholeMs(ms: number): string {
  return String(Math.round(ms))
}
