import type { Family, Labels, Sample } from './family.js'

/** Writes families as OpenMetrics text, those without samples left out. */
export function familiesText(
  families: readonly Family[],
  { app, epochMs }: { readonly app: string; readonly epochMs: number },
): string {
  const texts = families
    .filter(({ samples }) => samples.length > 0)
    .map((family) => familyText(family, app, epochMs))
  return `${texts.join('')}# EOF\n`
}

function familyText(family: Family, app: string, epochMs: number): string {
  const name = `celadon_${family.name}`
  const unit = family.unit === undefined ? '' : `# UNIT ${name} ${family.unit}\n`
  const header = `# TYPE ${name} ${family.type}\n${unit}# HELP ${name} ${escaped(family.help)}\n`
  const write = ({ suffix, labels, atMs, value }: Sample): string =>
    `${name}${suffix}{${labelsText({ app, ...labels })}} ${value} ${secondsText(epochMs + atMs)}\n`
  return header + family.samples.map(write).join('')
}

function labelsText(labels: Labels): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${escaped(value)}"`)
    .join(',')
}

function escaped(text: string): string {
  return text.replace(/[\\"\n]/g, (character) => (character === '\n' ? '\\n' : `\\${character}`))
}

/** Seconds since 1970, to the millisecond. */
function secondsText(epochMs: number): string {
  const wholeMs = Math.round(epochMs)
  const seconds = Math.floor(wholeMs / 1000)
  const rest = wholeMs - seconds * 1000
  return rest === 0 ? String(seconds) : `${seconds}.${String(rest).padStart(3, '0')}`
}
