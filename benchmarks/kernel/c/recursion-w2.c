// W2 by Lindley's recursion for each dyno: routing asks for no dyno's state, so a request's wait
// follows from the one before it at the same dyno. No events, no timers.
#include "measure.h"
#include "rap-genius.h"
#include "statistics.h"

static long run(double hours, Waits *waits) {
  double until = hours * 3600, free_at[DYNOS] = {0};
  traffic_prepare();
  memset(waits, 0, sizeof *waits);
  long late = 0;
  for (double now = next_gap(); now < until; now += next_gap()) {
    double demand = next_demand();
    int dyno = next_dyno();
    double begin = now > free_at[dyno] ? now : free_at[dyno];
    free_at[dyno] = begin + demand;
    waits_record(waits, begin - now);
    if (free_at[dyno] > now + DEADLINE) late += 1;
  }
  return late;
}

int main(int count, char **arguments) {
  double hours = argument(count, arguments, 1);
  Waits waits;
  random_prepare_tables();
  run(hours / 10, &waits);
  double start = cpu_seconds();
  long late = run(hours, &waits);
  waits_print(&waits, late, cpu_seconds() - start);
}
