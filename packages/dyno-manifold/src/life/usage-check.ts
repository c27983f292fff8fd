import type { Dyno } from './dyno.js'
import { memoryInUse, RuntimeMetrics, uuid } from './runtime-metrics.js'

/**
 * The look that the platform takes at a dyno at regular intervals: it writes the runtime metrics and
 * finds memory over the quota (R14, which swaps and slows the dyno down) and far over it (R15, which
 * kills it).
 */
export class UsageCheck {
  private readonly metrics: RuntimeMetrics

  constructor(private readonly dyno: Dyno) {
    const { name, group, size, context } = dyno
    const id = { app: context.appId, life: uuid(dyno.stream('uuid')) }
    this.metrics = new RuntimeMetrics(
      context.settings.metricsFormat,
      name,
      group.name,
      id,
      size.memoryMb,
    )
  }

  /** The program begins to serve. */
  begin(): void {
    const { dyno } = this
    this.metrics.begin(dyno.scheduler.now)
    const { metricsMs } = dyno.context.settings
    if (metricsMs === Number.POSITIVE_INFINITY) return
    const phase = dyno.adopted ? dyno.stream('metrics').float() : 1
    dyno.scheduler.schedule(phase * metricsMs, look, this)
  }

  look(): void {
    const { dyno } = this
    if (dyno.ended) return
    const { cpu, group, memoryMb, scheduler, size } = dyno
    group.memoryMeasured(memoryMb)
    const sample = this.metrics.sample(cpu.runnable, memoryMb, scheduler.now)
    dyno.context.sampled(sample)
    for (const line of this.metrics.lines(sample)) dyno.say(line)
    const isOver = memoryMb > size.memoryMb
    if (isOver) dyno.say(memoryInUse(memoryMb, size.memoryMb))
    if (memoryMb > size.memoryMb * size.memoryKillFactor) {
      group.fault(dyno, 'R15')
      dyno.say('Stopping process with SIGKILL')
      dyno.kill()
      return
    }
    if (isOver) group.fault(dyno, 'R14')
    const { swapSpeed, metricsMs } = dyno.context.settings
    const speed = isOver ? swapSpeed : 1
    if (speed !== cpu.speed) cpu.setSpeed(speed)
    scheduler.schedule(metricsMs, look, this)
  }
}

function look(check: UsageCheck): void {
  check.look()
}
