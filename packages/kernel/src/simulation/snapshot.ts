import { kernelError } from '../errors.js'

/** A way back to a moment of a run; see `simulation.snapshot`. */
export interface Snapshot {
  /** Virtual time at which it was taken, in milliseconds. */
  readonly atMs: number
  /**
   * Puts every object that the snapshot covers back into its state of that time. The objects stay
   * the same, so references to them stay good. Can be called as often as wanted.
   */
  restore(): void
}

type Restore = () => void

/**
 * Records all that can be reached from `roots` through properties, array elements, Map and Set
 * entries. Objects are not copied but refilled, so functions that refer to them need no care.
 *
 * @throws `KERNEL_SNAPSHOT_UNSUPPORTED` when something cannot be recorded: a generator, a promise
 */
export function record(roots: readonly (readonly [name: string, root: unknown])[]): Restore {
  const restores: Restore[] = []
  const seen = new Set<object>()
  const pending: [path: string, value: object][] = []
  const visit = (path: string, value: unknown): void => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return
    seen.add(value)
    pending.push([path, value])
  }
  for (const [name, root] of roots) visit(name, root)
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    restores.push(recordOne(...next, visit))
  }
  return () => {
    for (const restore of restores) restore()
  }
}

function recordOne(
  path: string,
  value: object,
  visit: (path: string, value: unknown) => void,
): Restore {
  if (ArrayBuffer.isView(value)) {
    visit(`${path}.buffer`, value.buffer)
    return () => {}
  }
  if (value instanceof ArrayBuffer) return recordBytes(value)
  if (Array.isArray(value)) {
    const items = value.slice()
    for (const [index, item] of items.entries()) visit(`${path}[${index}]`, item)
    return () => {
      value.length = items.length
      for (let index = 0; index < items.length; index += 1) value[index] = items[index]
    }
  }
  if (value instanceof Map) return recordMap(path, value, visit)
  if (value instanceof Set) {
    const members = [...value]
    for (const member of members) visit(`${path} member`, member)
    return () => {
      value.clear()
      for (const member of members) value.add(member)
    }
  }
  requireSupported(path, value)
  return recordProperties(path, value, visit)
}

function recordBytes(buffer: ArrayBuffer): Restore {
  const bytes = new Uint8Array(buffer.slice(0))
  return () => new Uint8Array(buffer).set(bytes)
}

function recordMap(
  path: string,
  map: Map<unknown, unknown>,
  visit: (path: string, value: unknown) => void,
): Restore {
  const entries = [...map]
  for (const [key, item] of entries) {
    visit(`${path} key`, key)
    visit(`${path}.get(${String(key)})`, item)
  }
  return () => {
    map.clear()
    for (const [key, item] of entries) map.set(key, item)
  }
}

function recordProperties(
  path: string,
  value: object,
  visit: (path: string, value: unknown) => void,
): Restore {
  const properties: [key: PropertyKey, item: unknown][] = []
  for (const key of Reflect.ownKeys(value)) {
    const descriptor = Reflect.getOwnPropertyDescriptor(value, key)
    if (descriptor === undefined || !('value' in descriptor)) continue
    visit(`${path}.${String(key)}`, descriptor.value)
    if (descriptor.writable === true) properties.push([key, descriptor.value])
  }
  const keys = new Set(Reflect.ownKeys(value))
  return () => {
    for (const key of Reflect.ownKeys(value)) {
      if (!keys.has(key)) Reflect.deleteProperty(value, key)
    }
    for (const [key, item] of properties) Reflect.set(value, key, item)
  }
}

const UNSUPPORTED: ReadonlySet<string> = new Set([
  'AsyncFunction',
  'AsyncGenerator',
  'Generator',
  'Promise',
  'SharedArrayBuffer',
  'WeakMap',
  'WeakRef',
  'WeakSet',
])

function requireSupported(path: string, value: object): void {
  const kind = Object.prototype.toString.call(value).slice('[object '.length, -1)
  if (!UNSUPPORTED.has(kind)) return
  throw kernelError(
    'KERNEL_SNAPSHOT_UNSUPPORTED',
    `A snapshot cannot hold a ${kind}, but ${path} is one. Keep its state in the fields of an object, or take the snapshot while there is none.`,
  )
}
