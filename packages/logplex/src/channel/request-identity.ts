import { RandomStream } from '@celadon/kernel'

/** Networks that are set aside for documentation. Source: RFC 5737. */
const NETWORKS: readonly string[] = ['192.0.2.', '198.51.100.', '203.0.113.']
const HOSTS_PER_NETWORK = 254
const ADDRESSES = NETWORKS.length * HOSTS_PER_NETWORK

const HEX: readonly string[] = Array.from({ length: 256 }, (_, value) =>
  value.toString(16).padStart(2, '0'),
)

/**
 * What the log tells of a request's identity. It is computed from seed and request and takes no
 * random numbers, so a request has the same id and address whoever asks, and whether or not anybody
 * does.
 */
export class RequestIdentity {
  private readonly keys: readonly [number, number, number, number]
  private readonly addressKey: number

  constructor(seed: string) {
    const derive = new RandomStream(`${seed}/logplex/request-identity`)
    this.keys = [derive.uint32(), derive.uint32(), derive.uint32(), derive.uint32()]
    this.addressKey = derive.uint32()
  }

  /** An id in the form of an RFC 4122 UUID of version 4. Requests 0 to 2^32 - 1 have different ones. */
  uuid(requestId: number): string {
    const [first, second, third, fourth] = this.keys
    const a = mix(requestId ^ first)
    const b = (mix(requestId ^ second) & 0xffff0fff) | 0x4000
    const c = (mix(requestId ^ third) & 0x3fffffff) | 0x80000000
    const d = mix(requestId ^ fourth)
    return `${hex16(a >>> 16)}${hex16(a)}-${hex16(b >>> 16)}-${hex16(b)}-${hex16(c >>> 16)}-${hex16(c)}${hex16(d >>> 16)}${hex16(d)}`
  }

  /** The client's IPv4 address, one of 762 that belong to nobody. */
  address(requestId: number): string {
    const index = Math.floor((mix(requestId ^ this.addressKey) / 2 ** 32) * ADDRESSES)
    const network = Math.floor(index / HOSTS_PER_NETWORK)
    return `${NETWORKS[network]}${index - network * HOSTS_PER_NETWORK + 1}`
  }
}

/** A bijection of 32-bit numbers that spreads neighbours: the last step of MurmurHash3. */
function mix(value: number): number {
  let bits = value
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return (bits ^ (bits >>> 16)) >>> 0
}

/** The lowest 16 bits as four hexadecimal digits. */
function hex16(value: number): string {
  return `${HEX[(value >>> 8) & 0xff]}${HEX[value & 0xff]}`
}
