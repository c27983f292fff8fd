// W2, specialised: the next arrival is a variable, the ends of service a heap, the timers a ring.
#include "measure.h"
#include "statistics.h"
#include "timer-ring.h"

#define NEVER INFINITY

// Ends of service, a 4-ary heap; at most one of each dyno.
static double end_time[DYNOS];
static int end_dyno[DYNOS];
static int ends;

static inline void ends_insert(double time, int dyno) {
  int place = ends++;
  while (place > 0) {
    int parent = (place - 1) >> 2;
    if (end_time[parent] <= time) break;
    end_time[place] = end_time[parent];
    end_dyno[place] = end_dyno[parent];
    place = parent;
  }
  end_time[place] = time;
  end_dyno[place] = dyno;
}

static inline void ends_replace_first(double time, int dyno) {
  int place = 0;
  for (int child = 1; child < ends; child = 4 * place + 1) {
    int end = child + 4 < ends ? child + 4 : ends;
    int least = child;
    for (int other = child + 1; other < end; other += 1) {
      if (end_time[other] < end_time[least]) least = other;
    }
    if (end_time[least] >= time) break;
    end_time[place] = end_time[least];
    end_dyno[place] = end_dyno[least];
    place = least;
  }
  end_time[place] = time;
  end_dyno[place] = dyno;
}

static long run(double hours, Waits *waits) {
  double until = hours * 3600;
  traffic_prepare();
  requests_prepare();
  memset(waits, 0, sizeof *waits);
  ring_first = ring_end = 0;
  long late = 0;
  double next_arrival = next_gap();
  for (;;) {
    double next_end = ends > 0 ? end_time[0] : NEVER;
    if (next_arrival <= next_end) {
      if (next_arrival == NEVER) return late;
      double now = next_arrival;
      late += timers_expire(now);
      next_arrival = now + next_gap();
      if (next_arrival >= until) next_arrival = NEVER;
      int request = request_take(now), number = next_dyno();
      Dyno *dyno = &dynos[number];
      timer_arm(now + DEADLINE, request);
      if (dyno->current >= 0) {
        line_join(dyno, request);
      } else {
        dyno->current = request;
        waits_record(waits, 0);
        ends_insert(now + requests[request].demand, number);
      }
    } else {
      double now = next_end;
      late += timers_expire(now);
      int number = end_dyno[0];
      Dyno *dyno = &dynos[number];
      request_free(dyno->current);
      int request = dyno->current = line_leave(dyno);
      if (request >= 0) {
        waits_record(waits, now - requests[request].arrived_at);
        ends_replace_first(now + requests[request].demand, number);
      } else {
        ends -= 1;
        ends_replace_first(end_time[ends], end_dyno[ends]);
      }
    }
  }
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
