import {
  ADD_ON_CONTRACT_VERSION,
  type AddOn,
  type AddOnCall,
  type AddOnContext,
  type AddOnModel,
  type AddOnPlan,
  type ConfigVars,
  type LogSink,
  type RandomSource,
  type Scheduler,
} from '@celadon/contracts'
import { Histogram } from '@celadon/kernel'
import { addOnsError } from './errors.js'
import { defaultPlanName, resolvePlan } from './plan.js'

/** What an add-on needs of a simulation. `@celadon/kernel`'s `Simulation` satisfies it. */
export interface AddOnSimulation extends Scheduler {
  /** Calendar time of virtual time 0, in milliseconds since 1970 (UTC). */
  readonly epochMs: number
  stream(name: string): RandomSource
}

/** What an add-on is attached with. */
export interface AttachOptions {
  /** Name under which the app knows it, for example `DATABASE`. It names its random streams too. */
  readonly attachment: string
  /** Default: the model's first plan. */
  readonly plan?: string
  readonly simulation: AddOnSimulation
  /** Where its log lines go. */
  readonly log: LogSink
  /** Starts a one-off dyno with this command. */
  readonly runOneOff: (command: string) => void
}

/**
 * Attaches an add-on to an app: gives the model its context and counts its calls.
 *
 * @throws `ADDONS_CONTRACT_VERSION`, `ADDONS_PLAN_UNKNOWN` or `ADDONS_CONFIG_VAR_INVALID`
 */
export function attachAddOn<Plan extends AddOnPlan>(
  model: AddOnModel<Plan>,
  options: AttachOptions,
): AttachedAddOn<Plan> {
  const version: number = model.contractVersion
  if (version !== ADD_ON_CONTRACT_VERSION) {
    throw addOnsError(
      'ADDONS_CONTRACT_VERSION',
      `${model.service} was written for version ${version} of the add-on contract; this is version ${ADD_ON_CONTRACT_VERSION}.`,
    )
  }
  return new AttachedAddOn(model, options)
}

/** An add-on that is attached to an app, with the statistics of its calls. */
export class AttachedAddOn<Plan extends AddOnPlan = AddOnPlan> implements AddOn {
  readonly attachment: string
  readonly planName: string
  readonly plan: Plan
  /** The instance that the model made. Call it through this object, so that calls are counted. */
  readonly addOn: AddOn
  readonly configVars: ConfigVars
  readonly gauges: Readonly<Record<string, () => number>>

  /** Calls that began. */
  calls = 0
  /** Calls that ended with an error. */
  errors = 0
  /** Time from the beginning of a call to its end in milliseconds, of all calls that ended. */
  readonly latency: Histogram = new Histogram()

  private readonly scheduler: Scheduler
  private readonly spareCalls: CountedCall[] = []

  /** Use {@link attachAddOn}. */
  constructor(
    readonly model: AddOnModel<Plan>,
    options: AttachOptions,
  ) {
    this.attachment = options.attachment
    this.planName = options.plan ?? defaultPlanName(model)
    this.plan = resolvePlan(model, this.planName)
    this.scheduler = options.simulation
    this.addOn = model.attach(contextOf(this, options))
    this.configVars = checkedConfigVars(model, this.addOn.configVars)
    this.gauges = this.addOn.gauges ?? {}
  }

  /** Calls that have not ended. */
  get callsUnderWay(): number {
    return this.calls - this.latency.count
  }

  /** Starts what the add-on does by itself. Call it once, when the run starts. */
  start(): void {
    this.addOn.start?.()
  }

  /**
   * Serves a call and counts it.
   *
   * @throws `ADDONS_NOT_CALLABLE` when the add-on serves no calls
   */
  call(call: AddOnCall): void {
    if (this.addOn.call === undefined) {
      throw addOnsError(
        'ADDONS_NOT_CALLABLE',
        `A unit of work called ${this.attachment} (${this.model.service}), which serves no calls.`,
      )
    }
    this.calls += 1
    const counted = this.spareCalls.pop() ?? new CountedCall(this)
    counted.begin(call, this.scheduler.now)
    this.addOn.call(counted)
  }

  /** Opens a connection. Returns null, or the error message when the add-on refuses it. */
  connect(): string | null {
    return this.addOn.connect?.() ?? null
  }

  /** Closes `count` connections. */
  disconnect(count = 1): void {
    this.addOn.disconnect?.(count)
  }

  /** @internal */
  ended(counted: CountedCall, call: AddOnCall, error: string | undefined): void {
    this.latency.record(this.scheduler.now - counted.beganAt)
    if (error !== undefined) this.errors += 1
    this.spareCalls.push(counted)
    call.finish(error)
  }
}

/** A call on its way through an add-on. It is reused for another call when it has ended. */
class CountedCall implements AddOnCall {
  operations = 0
  demandMs = 0
  beganAt = 0
  private call: AddOnCall | null = null

  constructor(private readonly attached: AttachedAddOn) {}

  begin(call: AddOnCall, now: number): void {
    this.operations = call.operations
    this.demandMs = call.demandMs
    this.beganAt = now
    this.call = call
  }

  finish(error?: string): void {
    const { call, attached } = this
    if (call === null) {
      throw addOnsError(
        'ADDONS_CALL_FINISHED_TWICE',
        `${attached.model.service} finished a call of ${attached.attachment} that was finished already.`,
      )
    }
    this.call = null
    attached.ended(this, call, error)
  }
}

function contextOf<Plan extends AddOnPlan>(
  { attachment, planName, plan }: AttachedAddOn<Plan>,
  { simulation, log, runOneOff }: AttachOptions,
): AddOnContext<Plan> {
  return {
    attachment,
    planName,
    plan,
    scheduler: simulation,
    epochMs: simulation.epochMs,
    stream: (purpose) => simulation.stream(`addon ${attachment}/${purpose}`),
    log: (process, text) => log.write('app', process, text),
    runOneOff,
  }
}

/** Source of the rule: Heroku Dev Center, "Configuration and Config Vars". */
const CONFIG_VAR = /^(?!__)[A-Za-z_][A-Za-z0-9_]*$/

function checkedConfigVars(model: AddOnModel, configVars: ConfigVars): ConfigVars {
  for (const name of Object.keys(configVars)) {
    if (!CONFIG_VAR.test(name)) {
      throw addOnsError(
        'ADDONS_CONFIG_VAR_INVALID',
        `${model.service} sets the config var '${name}'. A name consists of letters, digits and _, and starts neither with a digit nor with __.`,
      )
    }
  }
  return configVars
}
