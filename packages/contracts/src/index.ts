export { ADD_ON_CONTRACT_VERSION } from './addon.js'
export { H_CODES, L_CODES, R_CODES } from './codes.js'
export { GENERATIONS } from './generation.js'
export { Job } from './job.js'
export { HttpRequest } from './request.js'
export { Work } from './work.js'

export type {
  AddOn,
  AddOnCall,
  AddOnContext,
  AddOnModel,
  AddOnPlan,
  ConfigVars,
} from './addon.js'
export type { Blame, HCode, HCodeEntry, LCode, RCode } from './codes.js'
export type {
  Backend,
  Connection,
  DynoHost,
  DynoPool,
  DynoProcess,
  DynoSize,
  MemoryOptions,
  PoolStatus,
  ProcessOptions,
  Program,
  ResponsePort,
  RunningProgram,
} from './dyno.js'
export type { Generation } from './generation.js'
export type { JobClass, JobQueue } from './job.js'
export type { LogSink, LogSource } from './log.js'
export type { Endpoint } from './request.js'
export type { Handler, RandomSource, Scheduler } from './simulation.js'
export type { Step } from './work.js'
