// The foundation packages do not know each other. This is where they are held together.
import { expectTypeOf, test } from 'vitest'
import type {
  Handler as ContractHandler,
  RandomSource,
  Scheduler,
} from '../../packages/contracts/src/index.js'
import type { Handler, RandomStream, Simulation } from '../../packages/kernel/src/index.js'

test("the kernel's simulation is a scheduler", () => {
  expectTypeOf<Simulation>().toExtend<Scheduler>()
})

test("the kernel's streams are random sources", () => {
  expectTypeOf<RandomStream>().toExtend<RandomSource>()
  expectTypeOf<ReturnType<Simulation['stream']>>().toExtend<RandomSource>()
})

test('handlers are the same', () => {
  expectTypeOf<Handler<string>>().toEqualTypeOf<ContractHandler<string>>()
})
