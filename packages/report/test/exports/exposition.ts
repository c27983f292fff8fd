/** A sample as it was read. */
export interface ReadSample {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
  readonly seconds: number
}

/** A metric family as it was read. */
export interface ReadFamily {
  readonly name: string
  readonly type: string
  readonly unit: string
  readonly help: string
  readonly samples: readonly ReadSample[]
}

const METADATA = /^# (TYPE|UNIT|HELP) ([a-z0-9_]+) (.*)$/
const SAMPLE = /^([a-z0-9_]+)\{((?:[a-z_]+="(?:[^"\\]|\\[\\n"])*",?)*)\} ([^ ]+) (\d+(?:\.\d{3})?)$/
const LABEL = /([a-z_]+)="((?:[^"\\]|\\[\\n"])*)"/g

/** Reads what `openMetrics` writes and nothing else of the format; throws at whatever is not that. */
export function readExposition(text: string): ReadFamily[] {
  const lines = text.split('\n')
  if (lines.pop() !== '' || lines.pop() !== '# EOF') throw new Error('no # EOF at the end')
  const families: ReadFamily[] = []
  while (lines.length > 0) {
    const [name, type] = metadata(lines, 'TYPE') ?? []
    if (name === undefined || type === undefined) throw new Error(`no family: ${lines[0]}`)
    const [, unit = ''] = metadata(lines, 'UNIT', name) ?? []
    const [, help = ''] = metadata(lines, 'HELP', name) ?? []
    const samples: ReadSample[] = []
    while (lines[0] !== undefined && !lines[0].startsWith('#')) {
      samples.push(sample(lines.shift() ?? ''))
    }
    families.push({ name, type, unit, help: unescaped(help), samples })
  }
  return families
}

/** Samples of a family, without its prefix; of one suffix and with these labels only. */
export function samplesOf(
  families: readonly ReadFamily[],
  name: string,
  { suffix = '', ...labels }: Readonly<Record<string, string>> = {},
): ReadSample[] {
  const family = families.find((one) => one.name === `celadon_${name}`)
  return (family?.samples ?? []).filter(
    (one) =>
      one.name === `celadon_${name}${suffix}` &&
      Object.entries(labels).every(([label, value]) => one.labels[label] === value),
  )
}

function metadata(lines: string[], keyword: string, family?: string): [string, string] | null {
  const [, found, name = '', rest = ''] = METADATA.exec(lines[0] ?? '') ?? []
  if (found !== keyword || (family !== undefined && name !== family)) return null
  lines.shift()
  return [name, rest]
}

function sample(line: string): ReadSample {
  const [, name, labels, value, seconds] = SAMPLE.exec(line) ?? []
  if (name === undefined || labels === undefined) throw new Error(`no sample: ${line}`)
  const entries = [...labels.matchAll(LABEL)].map(
    ([, label = '', text = '']) => [label, unescaped(text)] as const,
  )
  return {
    name,
    labels: Object.fromEntries(entries),
    value: value === '+Inf' ? Number.POSITIVE_INFINITY : Number(value),
    seconds: Number(seconds),
  }
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/g, (_, character: string) => (character === 'n' ? '\n' : character))
}
