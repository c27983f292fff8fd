/** Heroku prorates monthly prices by the second; $25 a month are about $0.035 an hour. */
export const MONTH_HOURS = 720

/** Heroku's unit of relative compute in vCPUs: the 50x of Performance-L are 8 of them. Inferred. */
export const X: number = 8 / 50

/** The same in 2014, when the 40x of PX were 8 cores. */
export const X_2014: number = 8 / 40

/** What sizes have in common that share their host with other customers. */
export const SHARED = {
  dedicated: false,
  memoryKillFactor: 2,
  quantityMax: 100,
  until: null,
} as const

/** What sizes have in common that have a host for themselves. */
export const DEDICATED = {
  dedicated: true,
  memoryKillFactor: 2,
  processesMax: 32_768,
  quantityMax: 10,
  until: null,
} as const
