import type { DynoPool } from '@celadon/contracts'

/** What a router instance knows of a pool: what it is, or what it was some time ago. */
export type PoolView = Pick<DynoPool, 'status' | 'backends' | 'quantity'>

/** What a pool is at this moment. */
export function viewOf({ status, backends, quantity }: DynoPool): PoolView {
  return { status, backends, quantity }
}
