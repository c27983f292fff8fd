import { PhraseBook } from './phrase-book.js'
import { any, number, plain, words } from './template.js'

/** An error of a dyno: `Error R14 (Memory quota exceeded)`. */
export interface DynoErrorMessage {
  readonly type: 'dyno-error'
  /** An R-code, one that `R_CODES` does not know too. */
  readonly code: string
  /** What stands in parentheses. */
  readonly name: string
  /** What stands after the arrow; null where there is no arrow. */
  readonly detail: string | null
}

/** Memory of a dyno that is over its quota; stands before R14 and R15. */
export interface MemoryInUseMessage {
  readonly type: 'memory-in-use'
  /** Whole megabytes. */
  readonly memoryMb: number
  /** Share of the quota, one decimal. */
  readonly percent: number
}

/** What goes wrong on a dyno. */
export type DynoFaultMessage = DynoErrorMessage | MemoryInUseMessage

const CODE = plain('code', 'R\\d+')
const NAME = plain('name', '[^)]*')
const MEMORY = number('memoryMb')
const PERCENT = number('percent', 1)

/** Source: Heroku Dev Center, "Heroku Error Codes", copies of 2010 to 2026; `M` from public logs. */
export const DYNO_FAULTS: PhraseBook<DynoFaultMessage> = new PhraseBook<DynoFaultMessage>()
  .add({ type: 'dyno-error', detail: null }, words`Error ${CODE} (${NAME})`)
  .add({ type: 'dyno-error' }, words`Error ${CODE} (${NAME}) -> ${any('detail')}`)
  .add({ type: 'memory-in-use' }, words`Process running mem=${MEMORY}M(${PERCENT}%)`, [
    words`Process running mem=${MEMORY}MB(${PERCENT}%)`,
  ])
