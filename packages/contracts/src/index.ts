export { ADD_ON_CONTRACT_VERSION } from './addon.js'
export { Session, UNLIMITED_LINK } from './client.js'
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
export type { ClientLink, RequestSender, WebSocketUse } from './client.js'
export type { Blame, HCode, HCodeEntry, LCode, RCode } from './codes.js'
export type { DynoSize } from './dyno-size.js'
export type { Generation } from './generation.js'
export type { RequestFault, ResponseFault } from './http-fault.js'
export type { JobClass, JobQueue } from './job.js'
export type { LogSink, LogSource } from './log.js'
export type { Backend, Connection, DynoPool, PoolStatus, ResponsePort } from './pool.js'
export type {
  BootTime,
  DynoFiles,
  DynoHost,
  DynoProcess,
  GlobalLock,
  MemoryOptions,
  ProcessOptions,
  Program,
  RunningProgram,
} from './program.js'
export type { Endpoint } from './request.js'
export type { Handler, RandomSource, Scheduler } from './simulation.js'
export type { Step, WorkOutput } from './work.js'
