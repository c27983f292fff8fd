import random
import sys

import simpy

from measure import measure

ARRIVAL_RATE = 0.9


class Station:
    def __init__(self, env, customers):
        self.env = env
        self.server = simpy.Resource(env)
        self.customers = customers
        self.sum = 0.0

    def arrivals(self):
        for _ in range(self.customers):
            yield self.env.timeout(random.expovariate(ARRIVAL_RATE))
            self.env.process(self.customer())

    def customer(self):
        arrived_at = self.env.now
        with self.server.request() as request:
            yield request
            yield self.env.timeout(random.expovariate(1))
        self.sum += self.env.now - arrived_at


def mean_sojourn(customers):
    customers = int(customers)
    random.seed(1)
    env = simpy.Environment()
    station = Station(env, customers)
    env.process(station.arrivals())
    env.run()
    return customers, {"mean": station.sum / customers}


measure(mean_sojourn, float(sys.argv[1]))
