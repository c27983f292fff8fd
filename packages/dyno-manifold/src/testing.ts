export { serverConformance } from './conformance/server-conformance.js'

export type { ConformanceCheck, ServerPromises } from './conformance/server-conformance.js'
