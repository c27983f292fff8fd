// SIM.JS was made for browsers: it exports nothing and puts itself into `window`.
globalThis.window = {}
await import('simjs')
export const { Entity, Facility, Sim } = globalThis.window.Sim
