import { type Html, type HtmlValue, html } from '../html.js'

/** A table with a caption. The first cell of each row is its heading. */
export interface Table {
  readonly caption: string
  /** Headings of the columns; an empty one stands above the headings of the rows. */
  readonly columns: readonly string[]
  readonly rows: readonly (readonly HtmlValue[])[]
  /** Columns of words, which are set flush left; the others hold figures. */
  readonly words?: readonly string[]
  /** A last row, for example a sum. */
  readonly footer?: readonly HtmlValue[]
}

/** The table as HTML. Where it is too wide for the screen it scrolls, by keyboard too. */
export function tableHtml({ caption, columns, rows, words = [], footer }: Table): Html {
  const style = (column: number) =>
    column === 0 || words.includes(columns[column] ?? '') ? 'words' : 'figure'
  const head = columns.map((column, index) =>
    column === '' ? html`<td></td>` : html`<th scope="col" class="${style(index)}">${column}</th>`,
  )
  const row = ([heading = '', ...cells]: readonly HtmlValue[]) => html`
<tr><th scope="row">${heading}</th>${cells.map(
    (cell, index) => html`<td class="${style(index + 1)}">${cell}</td>`,
  )}</tr>`
  return html`
<div class="scroll" tabindex="0" role="region" aria-label="${caption}">
<table>
<caption>${caption}</caption>
<thead><tr>${head}</tr></thead>
<tbody>${rows.map(row)}</tbody>
${footer === undefined ? '' : html`<tfoot>${row(footer)}</tfoot>`}
</table>
</div>`
}
