/** Where JSON text breaks the grammar, and how. */
export interface JsonError {
  readonly offset: number
  readonly message: string
}

const SPACE = /[ \t\r\n]*/y
const TOKEN =
  /[{}[\]:,]|"(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/uy

/** What may come next; `'member'` and `'item'` follow a comma, where no bracket may close. */
type Expected = 'value' | 'item or ]' | 'key or }' | 'key' | ':' | ', or end'

/**
 * Finds the first place where `text` is no longer JSON. JavaScript engines disagree on whether and
 * how they tell it. Null when the text is JSON.
 */
export function findJsonError(text: string): JsonError | null {
  const open: string[] = []
  let expected: Expected = 'value'
  let offset = 0
  for (;;) {
    offset = matchAt(SPACE, text, offset).length + offset
    if (offset >= text.length) {
      if (expected === ', or end' && open.length === 0) return null
      return { offset, message: 'the file ends in the middle of the JSON text' }
    }
    const token = matchAt(TOKEN, text, offset)
    const next: Expected | null = step(token, expected, open)
    if (next === null) return { offset, message: describe(text, offset, token, expected) }
    expected = next
    offset += token.length
  }
}

function step(token: string, expected: Expected, open: string[]): Expected | null {
  const closes = expected === ', or end' || expected === (token === '}' ? 'key or }' : 'item or ]')
  if (token === '}' || token === ']') {
    if (!closes || open.pop() !== (token === '}' ? '{' : '[')) return null
    return ', or end'
  }
  if (expected === ':') return token === ':' ? 'value' : null
  if (expected === ', or end') {
    if (token !== ',' || open.length === 0) return null
    return open.at(-1) === '{' ? 'key' : 'value'
  }
  if (expected === 'key' || expected === 'key or }') return token.startsWith('"') ? ':' : null
  if (token === '{' || token === '[') {
    open.push(token)
    return token === '{' ? 'key or }' : 'item or ]'
  }
  return token === '' || token === ':' || token === ',' ? null : ', or end'
}

function describe(text: string, offset: number, token: string, expected: Expected): string {
  const character = String.fromCodePoint(text.codePointAt(offset) ?? 0)
  const unexpected = `${JSON.stringify(character)} is not JSON here`
  if (character === '"' && token === '') {
    return 'this text has no closing quote on its line or holds a wrong escape'
  }
  if (character === "'") return `${unexpected}; text stands in double quotes`
  if (character === '/' || character === '#') return `${unexpected}; JSON has no comments`
  const afterComma = text.slice(0, offset).trimEnd().endsWith(',')
  if (afterComma && (character === '}' || character === ']')) {
    return `${unexpected}; the comma before it is one too many`
  }
  if (expected === ', or end') return `${unexpected}; a comma or a closing bracket is missing`
  if (expected === ':') return `${unexpected}; a colon is missing`
  if (expected.startsWith('key')) return `${unexpected}; expected a name in double quotes`
  return `${unexpected}; expected a value`
}

function matchAt(pattern: RegExp, text: string, offset: number): string {
  pattern.lastIndex = offset
  return pattern.exec(text)?.[0] ?? ''
}
