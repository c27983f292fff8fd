import type { HttpRequest } from '@celadon/contracts'
import type { Balancer, Candidate, Policy } from './policy.js'

/**
 * Consistent hashing by rendezvous (Thaler and Ravishankar, 1998): every session ranks the dynos by a
 * hash of both and goes to the candidate that it ranks first. All instances agree without a word, a
 * dyno that goes moves only its own sessions, and one that comes takes over 1/n of each. A request
 * without a session ranks by its own number, which is as good as random. Ranks all candidates: O(n);
 * a ring would take O(log n), but would have to be rebuilt for every list of candidates.
 */
export function consistentHash(): Policy {
  return { name: 'consistent hash', create: () => new Rendezvous() }
}

class Rendezvous implements Balancer {
  private readonly hashes: Map<string, number> = new Map()

  choose(candidates: readonly Candidate[], { session, id }: HttpRequest): number {
    const key = mix(session === null ? id : session.id)
    let best = 0
    let highest = -1
    for (let index = 0; index < candidates.length; index += 1) {
      const rank = mix(key ^ this.hashOf((candidates[index] as Candidate).name))
      if (rank > highest) {
        highest = rank
        best = index
      }
    }
    return best
  }

  private hashOf(name: string): number {
    let hash = this.hashes.get(name)
    if (hash === undefined) {
      hash = fnv1a(name)
      this.hashes.set(name, hash)
    }
    return hash
  }
}

/** The hash FNV-1a of 32 bits (Fowler, Noll and Vo), over UTF-16 code units. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  return hash
}

/** Spreads 32 bits, one to one: the finaliser of MurmurHash3 (Appleby). */
function mix(bits: number): number {
  let mixed = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}
