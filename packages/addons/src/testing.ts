export { addOnConformance } from './add-on-conformance.js'

export type { ConformanceCheck } from './add-on-conformance.js'
