// W1 on the event kernel: arrivals and departures are events.
#include "event-kernel.h"
#include "random.h"

#define ARRIVAL_RATE 0.9
#define RING (1u << 16) // At a load of 0.9 that many customers have probability 0.9^65536.

static Stream arrivals, services;
static double arrived_at[RING];
static unsigned first, end;
static long departed;
static double sum;

static void depart(void *target, int arg) {
  sum += now - arrived_at[first++ % RING];
  departed += 1;
  if (first != end) schedule(random_exponential(&services), depart, target, arg);
}

static void arrive(void *target, int arg) {
  schedule(random_exponential(&arrivals) / ARRIVAL_RATE, arrive, target, arg);
  arrived_at[end++ % RING] = now;
  if (end - first == 1) schedule(random_exponential(&services), depart, target, arg);
}

static double mean_sojourn(long customers) {
  kernel_prepare();
  arrivals = random_stream(1, 2, 3, 4);
  services = random_stream(5, 6, 7, 8);
  first = end = 0;
  departed = 0;
  sum = 0;
  schedule(random_exponential(&arrivals) / ARRIVAL_RATE, arrive, NULL, 0);
  while (departed < customers) run_first();
  return sum / customers;
}

#include "w1-main.h"
