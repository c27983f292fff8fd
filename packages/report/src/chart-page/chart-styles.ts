/** Number of colours; series after them are dashed. */
export const SERIES_COLORS = 6

/**
 * Colours that stay apart for those who see no red, no green or no blue, on light and on dark paper.
 * A test computes it.
 */
const LIGHT = `
  --series-1: #2a7a61; --series-2: #be8113; --series-3: #76006d;
  --series-4: #9580d5; --series-5: #564800; --series-6: #00210f;`

const DARK = `
  --series-1: #7fcbaa; --series-2: #da6e3a; --series-3: #977296;
  --series-4: #8381d7; --series-5: #f8bb1e; --series-6: #d4cdfd;`

/** What a page of charts has beside the style sheet of a report. */
export const CHART_STYLES: string = `
:root { --plot-height: 280px; ${LIGHT} }
@media (prefers-color-scheme: dark) { :root { ${DARK} } }
:root.paper { --plot-height: 200px; ${LIGHT} }
@media print { :root { ${LIGHT} } }
header p { max-width: 60rem; }
main > .screen { margin-top: 2rem; }
`
