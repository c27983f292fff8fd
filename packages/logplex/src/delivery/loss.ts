/** A number of lines that are gone, and since when. */
export class Loss {
  count = 0
  /** When the first of them went, in microseconds since 1970. */
  sinceMicros = 0

  add(count: number, nowMicros: number): void {
    if (this.count === 0) this.sinceMicros = nowMicros
    this.count += count
  }

  /** Takes over what `other` has counted, which counts from 0 again. */
  takeOver(other: Loss): void {
    this.count = other.count
    this.sinceMicros = other.sinceMicros
    other.count = 0
  }
}
