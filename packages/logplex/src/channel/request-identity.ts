import { RandomStream } from '@celadon/kernel'
import { utf8 } from '../bytes/byte-writer.js'
import { putBytes, putUuid, UUID_BYTES } from '../bytes/put.js'

/** Networks that are set aside for documentation. Source: RFC 5737. */
const NETWORKS: readonly string[] = ['192.0.2.', '198.51.100.', '203.0.113.']
const HOSTS_PER_NETWORK = 254
const ADDRESSES: readonly string[] = NETWORKS.flatMap((network) =>
  Array.from({ length: HOSTS_PER_NETWORK }, (_, index) => `${network}${index + 1}`),
)
const ADDRESS_BYTES: readonly Uint8Array[] = ADDRESSES.map(utf8)

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
    const bytes = new Uint8Array(UUID_BYTES)
    this.putUuid(bytes, 0, requestId)
    return String.fromCharCode(...bytes)
  }

  /** Puts what {@link uuid} returns into a buffer that has room, and returns where it ended. */
  putUuid(buffer: Uint8Array, at: number, requestId: number): number {
    const [first, second, third, fourth] = this.keys
    const version = (mix(requestId ^ second) & 0xffff0fff) | 0x4000
    const variant = (mix(requestId ^ third) & 0x3fffffff) | 0x80000000
    return putUuid(buffer, at, mix(requestId ^ first), version, variant, mix(requestId ^ fourth))
  }

  /** The client's IPv4 address, one of 762 that belong to nobody. */
  address(requestId: number): string {
    return ADDRESSES[this.addressIndex(requestId)] as string
  }

  /** Puts what {@link address} returns into a buffer that has room, and returns where it ended. */
  putAddress(buffer: Uint8Array, at: number, requestId: number): number {
    return putBytes(buffer, at, ADDRESS_BYTES[this.addressIndex(requestId)] as Uint8Array)
  }

  private addressIndex(requestId: number): number {
    return Math.floor((mix(requestId ^ this.addressKey) / 2 ** 32) * ADDRESSES.length)
  }
}

/** A bijection of 32-bit numbers that spreads neighbours: the last step of MurmurHash3. */
function mix(value: number): number {
  let bits = value
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return (bits ^ (bits >>> 16)) >>> 0
}
