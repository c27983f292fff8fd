import type { Policy } from '../policies/policy.js'
import { demand } from './demand.js'
import { FaultyApp } from './faulty-app.js'
import { PolicyScript, type PolicyScriptOptions } from './policy-script.js'

/** One requirement. `run` throws `ROUTER_CONFORMANCE` when the policy does not meet it. */
export interface ConformanceCheck {
  readonly name: string
  run(): void
}

const SCRIPTS = 20
const STEPS = 400
const APPS = 5
const REQUESTS = 400

const ROUTER_LIKE: PolicyScriptOptions = { reusesList: true, tellsLoad: true }

/**
 * What every balancing policy must do, as checks for any test runner:
 *
 *     for (const { name, run } of policyConformance(myPolicy())) test(name, run)
 *
 * Dynos come and go, get into quarantine and out of it, and requests come with sessions and without.
 * That a policy balances well is not checked.
 */
export function policyConformance(policy: Policy): readonly ConformanceCheck[] {
  const checks: readonly [string, (policy: Policy) => void][] = [
    ['it has a name', checkName],
    ['it chooses one of the candidates and leaves their list alone', checkIndex],
    ['it manages with dynos that do not tell their load', checkSilentDynos],
    ['it does not keep the list of candidates', checkList],
    ['the same seed gives the same choices', checkDeterminism],
    ['two routers do not share state', checkIndependence],
    ['a snapshot of the simulation takes its state along', checkSnapshot],
    ['in a router with faulty dynos every request is answered once', checkRouter],
  ]
  return checks.map(([name, check]) => ({
    name: `${policy.name}: ${name}`,
    run: () => check(policy),
  }))
}

function checkName({ name }: Policy): void {
  demand(typeof name === 'string' && name.trim() !== '', 'the policy has no name')
}

function checkIndex(policy: Policy): void {
  for (let seed = 1; seed <= SCRIPTS; seed += 1) choices(policy, seed, ROUTER_LIKE)
}

function checkSilentDynos(policy: Policy): void {
  const options = { ...ROUTER_LIKE, tellsLoad: false }
  for (let seed = 1; seed <= SCRIPTS; seed += 1) choices(policy, seed, options)
}

function checkList(policy: Policy): void {
  for (let seed = 1; seed <= SCRIPTS; seed += 1) {
    const own = choices(policy, seed, { ...ROUTER_LIKE, reusesList: false })
    demand(
      own === choices(policy, seed, ROUTER_LIKE),
      'choices differ when the list is used again for the next choice',
    )
  }
}

function checkDeterminism(policy: Policy): void {
  for (let seed = 1; seed <= SCRIPTS; seed += 1) {
    const [first, second] = [choices(policy, seed, ROUTER_LIKE), choices(policy, seed, ROUTER_LIKE)]
    demand(first === second, 'two runs with one seed differ')
  }
}

function checkIndependence(policy: Policy): void {
  for (let seed = 1; seed <= SCRIPTS; seed += 1) {
    const script = new PolicyScript(policy, seed, ROUTER_LIKE)
    const other = new PolicyScript(policy, seed + SCRIPTS, ROUTER_LIKE)
    for (let step = 0; step < STEPS; step += 1) {
      script.step()
      other.step()
    }
    demand(
      script.choices.join() === choices(policy, seed, ROUTER_LIKE),
      'in one router it chooses differently while it is at work in a second one',
    )
  }
}

function checkSnapshot(policy: Policy): void {
  for (let seed = 1; seed <= SCRIPTS; seed += 1) {
    const script = new PolicyScript(policy, seed, ROUTER_LIKE).play(STEPS / 2)
    const snapshot = script.snapshot()
    const first = script.play(STEPS / 2).choices.join()
    snapshot.restore()
    demand(
      script.play(STEPS / 2).choices.join() === first,
      'after a return to a snapshot it chooses differently: keep state in fields, not in variables',
    )
  }
}

function checkRouter(policy: Policy): void {
  for (let seed = 1; seed <= APPS; seed += 1) new FaultyApp(policy, seed).play(REQUESTS)
}

function choices(policy: Policy, seed: number, options: PolicyScriptOptions): string {
  return new PolicyScript(policy, seed, options).play(STEPS).choices.join()
}
