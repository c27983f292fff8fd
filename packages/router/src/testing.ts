export { policyConformance } from './testing/policy-conformance.js'

export type { ConformanceCheck } from './testing/policy-conformance.js'
