const SPACE = 0x20
const QUOTE = 0x22
const BACKSLASH = 0x5c
const DELETE = 0x7f

/**
 * A path as a client would have sent it: what is not printable ASCII, and space, `"` and `\`, is
 * percent-encoded as UTF-8. Nothing is left then that could break a log line or end a quoted value.
 */
export function urlPath(path: string): string {
  for (let index = 0; index < path.length; index += 1) {
    if (needsEncoding(path.charCodeAt(index))) return encoded(path)
  }
  return path
}

function needsEncoding(code: number): boolean {
  return code <= SPACE || code >= DELETE || code === QUOTE || code === BACKSLASH
}

function encoded(path: string): string {
  let result = ''
  for (const character of path) {
    const code = character.codePointAt(0) ?? 0
    if (!needsEncoding(code)) result += character
    else if (code >= 0xd800 && code <= 0xdfff) result += encodeURIComponent('\ufffd')
    else result += encodeURIComponent(character)
  }
  return result
}
