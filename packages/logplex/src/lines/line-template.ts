import { utf8 } from '../bytes/byte-writer.js'

/** The text that stands for a field in a sample line, and the number of the field. */
export type Marker = readonly [text: string, field: number]

/**
 * A line of which all but some fields is known. It is cut out of a sample line, so that the words of
 * a line stand in one place: where it is formatted.
 */
export class LineTemplate {
  /** The fields in the order in which the line has them. */
  readonly fields: readonly number[]
  /** What stands before each field, and at last what stands after all of them. */
  readonly literals: readonly Uint8Array[]
  /** Bytes that all literals have together. */
  readonly bytes: number

  /** @param markers in the order of the line; those that the sample lacks are left out */
  constructor(sample: string, markers: readonly Marker[]) {
    const fields: number[] = []
    const literals: Uint8Array[] = []
    let end = 0
    for (const [text, field] of markers) {
      // Last, and not before the field before it: a path, further left, might look like a number.
      const index = sample.lastIndexOf(text)
      if (index < end) continue
      fields.push(field)
      literals.push(utf8(sample.slice(end, index)))
      end = index + text.length
    }
    literals.push(utf8(sample.slice(end)))
    this.fields = fields
    this.literals = literals
    this.bytes = literals.reduce((sum, { length }) => sum + length, 0)
  }
}
