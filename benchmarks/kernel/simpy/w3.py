import random
import sys

import simpy

from measure import measure_only

pending, operations = (int(float(text)) for text in sys.argv[1:])


def hold(env):
    while True:
        yield env.timeout(random.expovariate(1))


def run(env, steps):
    for _ in range(steps):
        env.step()


def measured():
    run(env, operations)
    return operations, {"time": env.now}


random.seed(1)
env = simpy.Environment()
for _ in range(pending):
    env.process(hold(env))
run(env, pending)  # The processes start.
run(env, 2 * pending + operations // 4)
measure_only(measured)
