import type { RunResult } from '@celadon/platform'
import { type Html, html } from '../html.js'
import { formatMoment } from '../period.js'
import { tableHtml } from './table.js'

/** Rows of the table of events at most. */
const EVENTS_MAX = 100

/** What happened when. A long list is cut, and says so. */
export function eventSection({ app, marks }: RunResult): Html {
  if (marks.length === 0) return html``
  const left = marks.length - EVENTS_MAX
  return html`
<section>
<h2>Events</h2>
${tableHtml({
  caption: 'Deploys, crashes, restarts, scaling and first errors',
  columns: ['time (UTC)', 'kind', 'event'],
  words: ['kind', 'event'],
  rows: marks
    .slice(0, EVENTS_MAX)
    .map(({ atMs, type, label }) => [formatMoment(app, atMs), type, label]),
})}
${left > 0 ? html`<p>${left} later events are left out here.</p>` : ''}
</section>`
}

/** What the run took for granted. */
export function assumptionSection({ assumptions }: RunResult): Html {
  const list = html`<ul>${assumptions.map((assumption) => html`<li>${assumption}</li>`)}</ul>`
  return html`
<section>
<h2>Assumptions</h2>
${assumptions.length > 0 ? list : html`<p>None: the input said all that the run needed.</p>`}
</section>`
}
