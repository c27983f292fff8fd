import type { Step } from '@celadon/contracts'

/** Share of the service time on the CPU where nobody says it. A guess for Rails. */
export const DEFAULT_CPU_SHARE = 0.6

/**
 * The steps of a unit of work: half of the CPU time, the calls, the other half. The calls share what
 * is left of the service time in proportion to their operations; without calls it is a plain wait.
 *
 * @param cpu share of the service time on the CPU, 0 to 1
 * @param calls operations by add-on
 */
export function stepsOf(cpu: number, calls: Readonly<Record<string, number>>): readonly Step[] {
  const left = 1 - cpu
  const entries = Object.entries(calls)
  const operationsInAll = entries.reduce((sum, [, operations]) => sum + operations, 0)
  const waits: Step[] = entries.map(([addOn, operations]) => ({
    type: 'call',
    share: (left * operations) / operationsInAll,
    addOn,
    operations,
  }))
  if (entries.length === 0 && left > 0) waits.push({ type: 'wait', share: left })
  if (cpu === 0) return waits
  if (waits.length === 0) return [{ type: 'cpu', share: 1 }]
  const half: Step = { type: 'cpu', share: cpu / 2 }
  return [half, ...waits, half]
}
