import { HttpRequest, type Program } from '@celadon/contracts'
import { createSimulation } from '@celadon/kernel'
import { demand } from './demand.js'
import { type Ending, RandomTraffic } from './random-traffic.js'
import { TestConnection } from './test-connection.js'
import { TestDyno } from './test-dyno.js'

/** One requirement. `run` throws `MANIFOLD_CONFORMANCE` when the program does not meet it. */
export interface ConformanceCheck {
  readonly name: string
  run(): void
}

/** What a server promises beyond what all must. */
export interface ServerPromises {
  /**
   * True when all requests wait in one queue: they are taken up in order, and no thread is idle while
   * one waits. Servers whose workers accept for themselves cannot promise it. Default false.
   */
  readonly oneQueue?: boolean
}

const SEEDS = 12
const SERVICE_MS = 100
const CLIENTS_MOST = 200

/**
 * What every web server must do, as checks for any test runner:
 *
 *     for (const { name, run } of serverConformance(myServer())) test(name, run)
 *
 * @param program a program that serves HTTP: it has `connect`
 */
export function serverConformance(
  program: Program,
  promises: ServerPromises = {},
): readonly ConformanceCheck[] {
  const checks: [string, (program: Program) => void][] = [
    ['it binds its port and answers', checkAnswers],
    ['each request that it accepts is answered or closed once', checkEnds],
    ['it tells its dyno what becomes of each request', checkAccounts],
    ['it never has more requests under way than slots', checkSlots],
    ['after SIGTERM it exits when it is through', checkTermination],
    ['after SIGKILL it does nothing', checkKill],
    ['the same seed gives the same behaviour', checkDeterminism],
    ['it serves no faster than its slots allow', checkThroughput],
  ]
  if (promises.oneQueue === true) {
    checks.push(['requests are taken up in order', checkOrder])
    checks.push(['no slot is idle while a request waits', checkWorkConservation])
  }
  return checks.map(([name, check]) => ({
    name: `${program.name}: ${name}`,
    run: () => check(program),
  }))
}

function checkAnswers(program: Program): void {
  const { dyno, connections, run } = closedLoop(program, 1, 1)
  demand(dyno.bound, 'the port is not bound')
  run(SERVICE_MS)
  demand(connections[0]?.answered === 1, 'a single request is not answered when its work is done')
}

function checkEnds(program: Program): void {
  for (const traffic of randomTraffic(program, ['idle', 'terminate', 'kill'])) {
    const { accepted, released } = traffic
    demand(accepted > 0, 'no connection is accepted')
    demand(
      released === accepted,
      `${accepted} requests were accepted, but ${released} ended and were released`,
    )
  }
}

function checkAccounts(program: Program): void {
  for (const { accepted, dyno } of randomTraffic(program, ['idle'])) {
    const { started, finished, dropped } = dyno
    demand(started === finished, `${started} requests were started, but ${finished} finished`)
    demand(
      started + dropped === accepted,
      `of ${accepted} requests, ${started} were started and ${dropped} dropped`,
    )
  }
}

function checkSlots(program: Program): void {
  for (const { dyno } of randomTraffic(program, ['idle', 'terminate', 'kill'])) {
    const { underWayMost } = dyno
    demand(
      underWayMost <= program.slots,
      `${underWayMost} requests were under way on ${program.slots} slots`,
    )
  }
}

function checkTermination(program: Program): void {
  for (const { dyno } of randomTraffic(program, ['terminate'])) {
    demand(dyno.exited, 'the program does not exit')
  }
  const idle = new TestDyno(createSimulation(), program)
  idle.terminate()
  demand(idle.exited, 'a program without requests does not exit at once')
}

function checkKill(program: Program): void {
  for (const traffic of randomTraffic(program, ['kill'])) {
    const { dyno, accepted, released } = traffic
    demand(dyno.exited && released === accepted, 'requests are left after SIGKILL')
  }
}

function checkDeterminism(program: Program): void {
  const [first] = randomTraffic(program, ['terminate'])
  const [second] = randomTraffic(program, ['terminate'])
  const isSame = JSON.stringify(first?.history) === JSON.stringify(second?.history)
  demand(isSame, 'two runs with one seed differ')
}

function checkThroughput(program: Program): void {
  const { slots, rounds, answered } = saturate(program)
  demand(
    answered <= slots * rounds,
    `${answered} requests of ${SERVICE_MS} ms were served in ${rounds} of them on ${slots} slots`,
  )
}

function checkWorkConservation(program: Program): void {
  const { slots, rounds, answered } = saturate(program)
  demand(
    answered === slots * rounds,
    `${answered} requests of ${SERVICE_MS} ms were served in ${rounds} of them, not ${slots * rounds}`,
  )
}

function checkOrder(program: Program): void {
  const { dyno, run } = closedLoop(program, Math.min(4 * program.slots, CLIENTS_MOST), 5)
  run(Number.POSITIVE_INFINITY)
  const { order } = dyno
  const sorted = [...order].sort((one, other) => one - other)
  demand(order.join() === sorted.join(), `requests were taken up in the order ${order.join(' ')}`)
}

/** Keeps every slot busy, as far as the number of clients allows, and counts answers. */
function saturate(program: Program): { slots: number; rounds: number; answered: number } {
  const clients = Math.min(4 * program.slots, CLIENTS_MOST)
  const rounds = 20
  const { connections, run } = closedLoop(program, clients, Number.POSITIVE_INFINITY)
  run(rounds * SERVICE_MS)
  const answered = connections.reduce((sum, connection) => sum + connection.answered, 0)
  return { slots: Math.min(program.slots, clients), rounds, answered }
}

/** Clients that send their next request, on a new connection, when they have an answer. */
function closedLoop(program: Program, clients: number, requestsEach: number) {
  const simulation = createSimulation({ seed: 'closed loop' })
  const dyno = new TestDyno(simulation, program)
  const connections: TestConnection[] = []
  let count = 0
  const send = (left: number): void => {
    count += 1
    const request = new HttpRequest()
    request.begin(count, { method: 'GET', path: '/', responseBytes: 0 }, null)
    request.work.steps = [{ type: 'wait', share: 1 }]
    request.work.demandMs = SERVICE_MS
    const connection = new TestConnection(simulation, false, [])
    connections.push(connection)
    connection.carry(request)
    connection.onAnswer = () => {
      if (left > 1) simulation.schedule(0, send, left - 1)
    }
    const result = dyno.running.connect?.(request, connection)
    demand(result === 'accepted', `with ${clients} clients, a connection ends in ${result}`)
  }
  for (let client = 0; client < clients; client += 1) send(requestsEach)
  return { dyno, connections, run: (untilMs: number) => simulation.run(untilMs) }
}

function randomTraffic(program: Program, endings: readonly Ending[]): readonly RandomTraffic[] {
  return endings.flatMap((ending) =>
    Array.from({ length: SEEDS }, (_, seed) => {
      const traffic = new RandomTraffic(program, `${ending} ${seed}`, ending)
      traffic.run()
      return traffic
    }),
  )
}
