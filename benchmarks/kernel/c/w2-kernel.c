// W2 on the event kernel: arrivals and ends of service are events. So are the timers, which are
// cancelled lazily; compiled with -DTIMER_RING, they are a ring beside the kernel.
#include "event-kernel.h"
#include "measure.h"
#include "statistics.h"
#include "timer-ring.h"

static Waits waits;
static long late;
static double until;

static void finish(void *target, int arg);

#ifndef TIMER_RING
static void expire(void *target, int arg) {
  Request *request = target;
  (void)arg;
  request->late = true;
  late += 1;
}
#endif

static void start(Dyno *dyno, int request) {
  dyno->current = request;
  waits_record(&waits, now - requests[request].arrived_at);
  schedule(requests[request].demand, finish, dyno, 0);
}

static void arrive(void *target, int arg) {
  (void)target, (void)arg;
  double gap = next_gap();
  if (now + gap < until) schedule(gap, arrive, NULL, 0);
  int request = request_take(now);
  Dyno *dyno = &dynos[next_dyno()];
#ifdef TIMER_RING
  timer_arm(now + DEADLINE, request);
#else
  requests[request].timer = schedule(DEADLINE, expire, &requests[request], 0);
#endif
  if (dyno->current < 0) start(dyno, request);
  else line_join(dyno, request);
}

static void finish(void *target, int arg) {
  Dyno *dyno = target;
  (void)arg;
#ifndef TIMER_RING
  if (!requests[dyno->current].late) cancel(requests[dyno->current].timer);
#endif
  request_free(dyno->current);
  int request = line_leave(dyno);
  if (request >= 0) start(dyno, request);
  else dyno->current = -1;
}

static void run(double hours) {
  until = hours * 3600;
  traffic_prepare();
  requests_prepare();
  kernel_prepare();
  memset(&waits, 0, sizeof waits);
  ring_first = ring_end = 0;
  late = 0;
  schedule(next_gap(), arrive, NULL, 0);
  while (heap_size > 0) {
#ifdef TIMER_RING
    late += timers_expire(heap[0].time);
#endif
    run_first();
  }
}

int main(int count, char **arguments) {
  double hours = argument(count, arguments, 1);
  random_prepare_tables();
  run(hours / 10);
  double start = cpu_seconds();
  run(hours);
  waits_print(&waits, late, cpu_seconds() - start);
}
