import {
  ADD_ON_CONTRACT_VERSION,
  type AddOn,
  type AddOnContext,
  type AddOnModel,
} from '@celadon/contracts'
import { ConnectionLimit } from './connection-limit.js'
import { addOnsError } from './errors.js'
import { everyMinute, LoadSamples, ratio } from './metrics-line.js'
import { POSTGRES_PLANS, type PostgresPlan } from './postgres-plans.js'
import { attachmentName, credential, resourceName } from './resource-name.js'
import { createStation } from './station.js'

/** What the model of Postgres does not find out by itself. */
export interface PostgresOptions {
  /** Size of the database in bytes, for the metrics line. Default 1 GB, a guess. */
  readonly dbSizeBytes?: number
}

const SERVICE = 'heroku-postgresql'
const GB = 1024 ** 3

/** Heroku Postgres: as many servers as its plan has vCPUs, and the plan's limit of connections. */
export function postgres(options: PostgresOptions = {}): AddOnModel<PostgresPlan> {
  const dbSizeBytes = options.dbSizeBytes ?? GB
  if (!(Number.isInteger(dbSizeBytes) && dbSizeBytes >= 0)) {
    throw addOnsError(
      'ADDONS_OPTION_INVALID',
      `dbSizeBytes must be a whole number of bytes, 0 or more, but was ${dbSizeBytes}.`,
    )
  }
  return {
    contractVersion: ADD_ON_CONTRACT_VERSION,
    service: SERVICE,
    plans: POSTGRES_PLANS,
    attach: (context) => attachPostgres(context, dbSizeBytes),
  }
}

function attachPostgres(context: AddOnContext<PostgresPlan>, dbSizeBytes: number): AddOn {
  const { plan, scheduler } = context
  const names = context.stream('names')
  const source = attachmentName(context, SERVICE, 'DATABASE')
  const name = resourceName('postgresql', names)
  const role = credential('u', 13, names)
  const url = `postgres://${role}:${credential('p', 64, names)}@${name}.example.com:5432/${credential('d', 13, names)}`
  const station = createStation({ scheduler, servers: plan.vcpu })
  const connections = new ConnectionLimit(plan.connections, refusal(plan, role))
  const load = new LoadSamples(station, scheduler.now)
  let transactions = 0

  function logMetrics(): void {
    context.log(
      'heroku-postgres',
      `source=${source} addon=${name}` +
        ` sample#current_transaction=${transactions}` +
        ` sample#db_size=${dbSizeBytes}bytes` +
        ` sample#db-size-percentage-used=${ratio(dbSizeBytes / (plan.diskGb * GB))}` +
        ` sample#active-connections=${connections.open}` +
        ` sample#waiting-connections=${station.waiting}` +
        ` sample#max-connections=${plan.connections}` +
        ` sample#connections-percentage-used=${ratio(connections.open / plan.connections)}` +
        load.next(scheduler.now),
    )
  }

  return {
    configVars: { [`${source}_URL`]: url },
    gauges: {
      connections: () => connections.open,
      waiting: () => station.waiting,
      busy: () => station.busy,
    },
    start() {
      if (plan.tier !== 'essential') everyMinute(scheduler, logMetrics)
    },
    call(call) {
      transactions += 1
      station.serve(call)
    },
    connect: () => connections.connect(),
    disconnect: (count) => connections.disconnect(count),
  }
}

/** Source: Heroku Dev Center, "Understanding Heroku Postgres Log Statements and Common Errors". */
function refusal(plan: PostgresPlan, role: string): string {
  return plan.tier === 'essential'
    ? `FATAL: too many connections for role "${role}"`
    : 'FATAL: remaining connection slots are reserved for non-replication superuser connections'
}
