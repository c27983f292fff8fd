const LIGHT = `
  --paper: #fbfcfb; --ink: #1c2924; --muted: #5a6a63; --hairline: #dde5e1;
  --accent: #2a7a61; --accent-tint: #2a7a6124; --danger: #b3372f; --danger-tint: #b3372f33;
  --line-1: #2a7a61; --line-2: #b4682b; --line-3: #8a3b63; --line-4: #3a6ea5;
  --line-5: #6b7f2a; --line-6: #6a55a0; --line-7: #27848c; --line-8: #8c5a3c;`

const DARK = `
  --paper: #101513; --ink: #dfe9e4; --muted: #94a59d; --hairline: #26312c;
  --accent: #7fcbaa; --accent-tint: #7fcbaa2b; --danger: #ee7d72; --danger-tint: #ee7d7240;
  --line-1: #7fcbaa; --line-2: #e5a667; --line-3: #dd8fb8; --line-4: #82b1e6;
  --line-5: #b9cc74; --line-6: #b3a2ec; --line-7: #6fc6cf; --line-8: #cf9f80;`

/** The page's style sheet. What concerns `.uplot` and `.u-*` replaces uPlot's own. */
export const STYLES: string = `
:root { color-scheme: light dark; --plot-height: 220px; --plot-font: 11px; ${LIGHT} }
@media (prefers-color-scheme: dark) { :root { ${DARK} } }
:root.paper { color-scheme: light; --plot-height: 160px; --plot-font: 9px; ${LIGHT} --paper: #fff; }

* { box-sizing: border-box; }
body {
  margin: 0 auto; max-width: 80rem; padding: 2.5rem clamp(1rem, 4vw, 3rem) 3rem;
  background: var(--paper); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
}
h1, h2, h3, p, dl, dd, figure, ul { margin: 0; }
h1 { font-size: 2.25rem; line-height: 1.15; letter-spacing: -0.02em; overflow-wrap: anywhere; }
h2 { margin: 3rem 0 1rem; font-size: 1.25rem; }
h3 { display: inline; font-size: 1rem; }
strong { color: var(--accent); }
header p, .note, caption, footer { color: var(--muted); }
.note { font-size: 0.875rem; }
ul { padding-left: 1.25rem; }
footer { margin-top: 3rem; border-top: 1px solid var(--hairline); padding-top: 1rem; font-size: 0.875rem; }

.headline {
  display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: 1.25rem;
  margin-top: 2rem; border-block: 1px solid var(--hairline); padding-block: 1.25rem;
}
.headline dt { color: var(--muted); font-size: 0.875rem; }
.headline dd:not(.note) { font-size: 1.75rem; font-weight: 600; line-height: 1.3; }
.verdict { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); gap: 1rem 2.5rem; margin-top: 1.5rem; }

.screen { margin-bottom: 1.25rem; }
.charts, .beside {
  display: grid; gap: 2.25rem 2.5rem; align-items: start;
  grid-template-columns: repeat(auto-fit, minmax(min(100%, 27rem), 1fr));
}
.charts > *, .beside > * { position: relative; min-width: 0; }
.plot { margin-top: 0.25rem; min-height: var(--plot-height); }
details { font-size: 0.875rem; }
summary { width: max-content; color: var(--muted); cursor: pointer; }

.scroll { overflow-x: auto; margin-bottom: 1.5rem; }
table { border-collapse: collapse; font-size: 0.875rem; font-variant-numeric: tabular-nums; }
caption { padding-bottom: 0.25rem; text-align: left; }
th, td { padding: 0.3rem 0.5rem; font-weight: 400; text-align: left; vertical-align: top; }
th:first-child, td:first-child { padding-left: 0; }
thead > tr > * { border-bottom: 1px solid var(--muted); color: var(--muted); }
tbody > tr > * { border-bottom: 1px solid var(--hairline); }
tfoot > tr > * { font-weight: 600; }
.figure { text-align: right; white-space: nowrap; }
tbody th { white-space: nowrap; }
td.words { min-width: 7em; }

.uplot { width: min-content; }
.u-wrap { position: relative; user-select: none; }
.u-over, .u-under, .u-axis { position: absolute; }
.u-under { overflow: hidden; }
.uplot canvas { display: block; position: relative; width: 100%; height: 100%; }
.u-select { position: absolute; background: var(--accent-tint); pointer-events: none; }
.u-cursor-x, .u-cursor-y { position: absolute; left: 0; top: 0; pointer-events: none; }
.u-cursor-x { height: 100%; border-right: 1px solid var(--muted); }
.u-cursor-y { width: 100%; border-bottom: 1px dotted var(--muted); }
.u-cursor-pt { position: absolute; top: 0; left: 0; border: 0 solid; border-radius: 50%; pointer-events: none; background-clip: padding-box !important; }
.u-off:is(.u-axis, .u-select, .u-cursor-x, .u-cursor-y, .u-cursor-pt) { display: none; }
.u-legend { display: block; padding-left: 64px; font-size: 0.8125rem; }
.u-legend tbody { display: flex; flex-wrap: wrap; gap: 0 0.5rem; }
.u-legend tr > * { display: inline-block; border: 0; padding: 0; cursor: pointer; }
.u-legend .u-marker { display: inline-block; margin-right: 0.35rem; width: 0.8em; height: 0.8em; vertical-align: -0.05em; }
.u-legend .u-label { display: inline-block; }
.u-legend .u-value { min-width: 4.75em; padding-left: 0.35rem; font-weight: 600; }
.u-legend .u-series:first-child { position: absolute; top: 0; right: 0; background: var(--paper); }
.u-legend .u-series:first-child:has(.u-value:empty) { display: none; }
.u-legend .u-series.u-off { opacity: 0.4; }

@page { size: A4; margin: 14mm; }
@media print { :root { color-scheme: light; ${LIGHT} --paper: #fff; } body { padding: 0; } }
.paper { font-size: 12px; }
.paper body { width: 182mm; padding: 0; font-size: 1rem; }
.paper .charts { grid-template-columns: 1fr 1fr; gap: 1.25rem 1.5rem; }
.paper table { font-size: 0.8rem; }
.paper .scroll { overflow: visible; }
.paper :is(.screen, details:not([open]), .u-value) { display: none; }
.paper h2 { margin-top: 2rem; }
h2, h3, figcaption, caption { break-after: avoid; }
figure, tr, .headline, .verdict { break-inside: avoid; }
`
