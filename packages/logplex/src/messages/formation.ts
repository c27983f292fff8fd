import type { Gap } from './template.js'

/** A process type's share of the formation. */
export interface FormationEntry {
  /** Name of the process type. */
  readonly process: string
  readonly quantity: number
  /** Size of its dynos as the API prints it: `Standard-1X`; null in lines up to 2015. */
  readonly size: string | null
}

/** The process types that a line names. */
export type Formation = readonly FormationEntry[]

const PROCESS = '[^\\s@=,]+'
const QUANTITY = '(?:0|[1-9]\\d{0,8})'

/** A formation as it is printed since 2016: `mailer@3:Performance-L web@5:Standard-2X`. */
export function formation(field: string): Gap {
  const entry = `${PROCESS}@${QUANTITY}(?::\\S+)?`
  return {
    field,
    pattern: `${entry}(?: ${entry})*`,
    read: (text) => text.split(' ').map(sizedEntry),
    write: (value) =>
      (value as Formation)
        .map(({ process, quantity, size }) => {
          return `${process}@${quantity}${size === null ? '' : `:${size}`}`
        })
        .join(' '),
  }
}

/** A formation as it was printed until 2015: `web=2, worker=1`. */
export function quantities(field: string): Gap {
  const entry = `${PROCESS}=${QUANTITY}`
  return {
    field,
    pattern: `${entry}(?:, ${entry})*`,
    read: (text) => text.split(', ').map(plainEntry),
    write: (value) =>
      (value as Formation).map(({ process, quantity }) => `${process}=${quantity}`).join(', '),
  }
}

function sizedEntry(text: string): FormationEntry {
  const at = text.indexOf('@')
  const colon = text.indexOf(':', at)
  const end = colon < 0 ? text.length : colon
  return {
    process: text.slice(0, at),
    quantity: Number(text.slice(at + 1, end)),
    size: colon < 0 ? null : text.slice(colon + 1),
  }
}

function plainEntry(text: string): FormationEntry {
  const equals = text.indexOf('=')
  return {
    process: text.slice(0, equals),
    quantity: Number(text.slice(equals + 1)),
    size: null,
  }
}
