import type { ConfigVars } from '@celadon/contracts'

/** A command in parts. */
export interface CommandWords {
  /** Variables that stand before the program: `QUEUES=mail,low`. */
  readonly variables: Readonly<Record<string, string>>
  /** The program as it stands there; empty when there is none. */
  readonly path: string
  /** The same without its folder. */
  readonly program: string
  /** What comes after it. */
  readonly words: readonly string[]
}

/**
 * Takes a command apart: config vars are put in for `$NAME` and `${NAME:-default}`, and what stands
 * before the program is taken away: `env`, `bundle exec`, `exec`, variables.
 */
export function splitCommand(command: string, configVars: ConfigVars): CommandWords {
  const words = expand(command, configVars)
    .split(/\s+/)
    .filter((word) => word !== '')
  const prefixes = ['env', 'bundle', 'exec', 'ruby']
  const start = words.findIndex((word) => !prefixes.includes(word) && !word.includes('='))
  if (start < 0) return { variables: {}, path: '', program: '', words: [] }
  const path = words[start] ?? ''
  const program = path.split('/').at(-1) ?? ''
  return {
    variables: assigned(words.slice(0, start)),
    path,
    program,
    words: words.slice(start + 1),
  }
}

/** `QUEUES=mail,low` and the like. */
export function assigned(words: readonly string[]): Readonly<Record<string, string>> {
  const pairs = words.flatMap((word) => {
    const [, name, value = ''] = /^([A-Za-z_]\w*)=["']?(.*?)["']?$/.exec(word) ?? []
    return name === undefined ? [] : [[name, value] as const]
  })
  return Object.fromEntries(pairs)
}

/** The value of a flag, `--workers 4`, `--workers=4` or `-w4`; undefined when it is not there. */
export function flag(words: readonly string[], ...names: readonly string[]): string | undefined {
  for (const [index, word] of words.entries()) {
    for (const name of names) {
      if (word === name) return words[index + 1]
      if (word.startsWith(`${name}=`)) return word.slice(name.length + 1)
      if (name.length === 2 && /^\d/.test(word.slice(2)) && word.startsWith(name)) {
        return word.slice(2)
      }
    }
  }
  return undefined
}

/** The last number of a flag's value: `-t 0:16` and `--threads=16` are both 16. */
export function numericFlag(
  words: readonly string[],
  ...names: readonly string[]
): number | undefined {
  return wholeNumber(
    flag(words, ...names)
      ?.split(':')
      .at(-1),
  )
}

/** A config var that is a whole number. */
export function numericVariable(configVars: ConfigVars, name: string): number | undefined {
  return Object.hasOwn(configVars, name) ? wholeNumber(configVars[name]) : undefined
}

/** Above 999 processes or threads no dyno starts. */
function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,3}$/.test(text) ? Number(text) : undefined
}

function expand(command: string, configVars: ConfigVars): string {
  return command.replace(
    /\$(?:\{(\w+)(?::-([^}]*))?\}|(\w+))/g,
    (_, braced: string | undefined, fallback: string | undefined, plain: string | undefined) => {
      const name = braced ?? plain ?? ''
      return (Object.hasOwn(configVars, name) ? configVars[name] : fallback) ?? ''
    },
  )
}
