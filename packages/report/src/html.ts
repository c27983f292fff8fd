/** Text that is HTML already. Made by {@link html}, which escapes everything else. */
export interface Html {
  readonly markup: string
}

/** What a template accepts. Texts and numbers are escaped, lists are joined. */
export type HtmlValue = Html | readonly Html[] | string | number

/** A template of HTML: what is inserted is escaped unless it is HTML itself. */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return { markup: String.raw({ raw: strings }, ...values.map(markupOf)) }
}

/** Markup that is trusted as it stands: style sheets and scripts of this package. */
export function trusted(markup: string): Html {
  return { markup }
}

/** A value for a `<script type="application/json">`; nothing in it can end the element. */
export function jsonData(json: string): Html {
  return trusted(json.replace(/</g, '\\u003c'))
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
])

function markupOf(value: HtmlValue): string {
  if (typeof value === 'object') {
    return 'markup' in value ? value.markup : value.map(({ markup }) => markup).join('')
  }
  return String(value).replace(/[&<>"']/g, (character) => ENTITIES.get(character) ?? character)
}
