import type { DynoSize } from '@celadon/contracts'
import type { Simulation } from '@celadon/kernel'
import type { ManifoldSettings } from '../settings.js'
import { Neighbours } from './neighbours.js'

/** A dyno as its host sees it. */
export interface Tenant {
  readonly name: string
  readonly size: DynoSize
  /** Changes how many cores it computes with. */
  setCores(cores: number): void
  /** The host has failed, and the dyno with it. */
  hostFailed(): void
}

const NO_TICKET = -1

/** A machine that runs dynos: of this app, and, unless it is dedicated, of others. */
export class Host {
  private readonly tenants: Tenant[] = []
  private readonly neighbours: Neighbours | null
  private isFailed = false
  private failureTicket = NO_TICKET

  /** @param name for example `host-17` */
  constructor(
    readonly name: string,
    /** Availability zone. */
    readonly zone: string,
    /** True when it runs a single dyno. */
    readonly dedicated: boolean,
    private readonly simulation: Simulation,
    private readonly settings: ManifoldSettings,
  ) {
    const { neighbours } = settings
    this.neighbours =
      neighbours === null || dedicated
        ? null
        : new Neighbours(neighbours, simulation, simulation.stream(`${name}/neighbours`), this)
  }

  /** Dynos of the app that run on it, old and new lives. */
  get dynos(): readonly string[] {
    return this.tenants.map(({ name }) => name)
  }

  /** How many these are. */
  get dynoCount(): number {
    return this.tenants.length
  }

  /** True when it has failed; it never runs a dyno again. */
  get failed(): boolean {
    return this.isFailed
  }

  /** True while neighbours keep it busy. */
  get busy(): boolean {
    return this.neighbours?.busy ?? false
  }

  runs(dyno: string): boolean {
    return this.tenants.some(({ name }) => name === dyno)
  }

  /** @internal */
  add(tenant: Tenant): void {
    this.tenants.push(tenant)
    if (this.tenants.length === 1) this.begin()
    this.shareCores()
  }

  /** @internal */
  remove(tenant: Tenant): void {
    const index = this.tenants.indexOf(tenant)
    if (index < 0) return
    this.tenants.splice(index, 1)
    if (this.tenants.length === 0) this.end()
    else this.shareCores()
  }

  /** @internal It fails: all its dynos are gone at once. */
  fail(): void {
    const tenants = this.tenants.splice(0)
    this.isFailed = true
    this.end()
    for (const tenant of tenants) tenant.hostFailed()
  }

  /** @internal */
  neighboursChanged(): void {
    this.shareCores()
  }

  private begin(): void {
    this.neighbours?.begin()
    const { hostMtbfMs } = this.settings
    if (hostMtbfMs === Number.POSITIVE_INFINITY) return
    const delayMs = this.simulation.stream(`${this.name}/failure`).exponential(hostMtbfMs)
    this.failureTicket = this.simulation.schedule(delayMs, fail, this)
  }

  private end(): void {
    this.neighbours?.end()
    this.simulation.cancel(this.failureTicket)
    this.failureTicket = NO_TICKET
  }

  private shareCores(): void {
    const { neighbours, tenants } = this
    if (neighbours === null) return
    const weights = tenants.reduce((sum, { size }) => sum + size.guaranteedCores, 0)
    for (const tenant of tenants) {
      const { cores, guaranteedCores } = tenant.size
      if (!neighbours.busy) tenant.setCores(cores)
      else {
        const part = weights > 0 ? (neighbours.settings.coresLeft * guaranteedCores) / weights : 0
        tenant.setCores(Math.min(cores, Math.max(guaranteedCores, part)))
      }
    }
  }
}

function fail(host: Host): void {
  host.fail()
}
