import type { Backend } from '@celadon/contracts'
import type { RandomStream } from '@celadon/kernel'

/** The part of the dynos that one instance knows: each by chance, but always the same ones. */
export class PartialView {
  /** A random number in [0, 1) for each name of a dyno. */
  private readonly ranks: Map<string, number> = new Map()

  /** @param share probability with which it knows a dyno */
  constructor(
    private readonly share: number,
    private readonly stream: RandomStream,
  ) {}

  /** The known ones of these dynos; of one or more, at least one is known. */
  of(backends: readonly Backend[]): readonly Backend[] {
    const known = backends.filter(({ name }) => this.rank(name) < this.share)
    if (known.length > 0 || backends.length === 0) return known
    return [
      backends.reduce((one, other) => (this.rank(other.name) < this.rank(one.name) ? other : one)),
    ]
  }

  private rank(name: string): number {
    const rank = this.ranks.get(name) ?? this.stream.float()
    this.ranks.set(name, rank)
    return rank
  }
}
