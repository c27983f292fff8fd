// W1, specialised: M/M/1 without an event list. The next arrival and the next departure are two
// variables; the customers in the system are a ring of arrival times.
#include "random.h"

#define ARRIVAL_RATE 0.9
#define NEVER INFINITY
#define RING (1u << 16) // At a load of 0.9 that many customers have probability 0.9^65536.

static double arrived_at[RING];

static double mean_sojourn(long customers) {
  Stream arrivals = random_stream(1, 2, 3, 4), services = random_stream(5, 6, 7, 8);
  double next_arrival = random_exponential(&arrivals) / ARRIVAL_RATE, next_departure = NEVER;
  double sum = 0;
  unsigned first = 0, end = 0;
  for (long departed = 0; departed < customers;) {
    if (next_arrival <= next_departure) {
      double now = next_arrival;
      next_arrival = now + random_exponential(&arrivals) / ARRIVAL_RATE;
      arrived_at[end++ % RING] = now;
      if (end - first == 1) next_departure = now + random_exponential(&services);
    } else {
      double now = next_departure;
      sum += now - arrived_at[first++ % RING];
      departed += 1;
      next_departure = first == end ? NEVER : now + random_exponential(&services);
    }
  }
  return sum / customers;
}

#include "w1-main.h"
