import math
import random
import sys

import simpy

from measure import measure

DYNOS = 75
ARRIVAL_RATE = 150
DEADLINE = 30
DEMAND_MU = math.log(0.046)
DEMAND_SIGMA = math.sqrt(2 * math.log(306 / 46))


class App:
    def __init__(self, env, until):
        self.env = env
        self.until = until
        self.dynos = [simpy.Resource(env) for _ in range(DYNOS)]
        self.requests = 0
        self.late = 0
        self.sum = 0.0

    def arrivals(self):
        while True:
            gap = random.expovariate(ARRIVAL_RATE)
            if self.env.now + gap >= self.until:
                return
            yield self.env.timeout(gap)
            self.env.process(self.client())

    def client(self):
        """Gives up after the deadline; the dyno serves the request all the same."""
        served = self.env.process(self.serve())
        yield served | self.env.timeout(DEADLINE)
        if served.is_alive:
            self.late += 1

    def serve(self):
        arrived_at = self.env.now
        demand = random.lognormvariate(DEMAND_MU, DEMAND_SIGMA)
        with self.dynos[random.randrange(DYNOS)].request() as turn:
            yield turn
            self.sum += self.env.now - arrived_at
            self.requests += 1
            yield self.env.timeout(demand)


def run(hours):
    random.seed(1)
    env = simpy.Environment()
    app = App(env, hours * 3600)
    env.process(app.arrivals())
    env.run()
    return app.requests, {
        "requests": app.requests,
        "mean": app.sum / app.requests,
        "late": app.late,
    }


measure(run, float(sys.argv[1]))
