/** `accepted: a, b, c. Did you mean "b"?` for a word that is none of the accepted ones. */
export function acceptedWords(found: string, accepted: readonly string[]): string {
  if (accepted.length === 0) return 'accepted: nothing'
  const meant = closestWord(found, accepted)
  const list = `accepted: ${accepted.join(', ')}`
  return meant === null ? list : `${list}. Did you mean "${meant}"?`
}

/**
 * The accepted word that differs least, the last of several; null when all of them differ in more
 * than a third.
 */
export function closestWord(found: string, accepted: readonly string[]): string | null {
  const word = found.toLowerCase()
  let closest: string | null = null
  let closestDistance = Number.POSITIVE_INFINITY
  for (const candidate of accepted) {
    const allowed = Math.max(1, Math.floor(Math.max(word.length, candidate.length) / 3))
    if (Math.abs(word.length - candidate.length) > allowed) continue
    const distance = editDistance(word, candidate.toLowerCase())
    if (distance <= allowed && distance <= closestDistance) {
      closest = candidate
      closestDistance = distance
    }
  }
  return closest
}

/** Insertions, deletions, replacements and swaps of neighbours that turn `a` into `b`. */
function editDistance(a: string, b: string): number {
  let beforePrevious: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const current = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = at(previous, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1)
      let distance = Math.min(replaced, at(previous, j) + 1, at(current, j - 1) + 1)
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      if (swapped) distance = Math.min(distance, at(beforePrevious, j - 2) + 1)
      current.push(distance)
    }
    beforePrevious = previous
    previous = current
  }
  return at(previous, b.length)
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY
}
