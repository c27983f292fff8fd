// Timers of one delay expire in the order in which they were armed: a ring instead of a heap. A
// request that was answered in time has another generation, which cancels its timer.
#pragma once
#include "rap-genius.h"

#define RING (1u << 14) // About 4,500 requests come in 30 s; three times that many never.

typedef struct {
  double time;
  int request;
  uint32_t generation;
} Timer;

static Timer ring[RING];
static unsigned ring_first, ring_end;

static inline void timer_arm(double time, int request) {
  ring[ring_end++ % RING] = (Timer){time, request, requests[request].generation};
}

// Lets all timers expire that are due until `time`. Returns how many requests became late.
static inline long timers_expire(double time) {
  long late = 0;
  while (ring_first != ring_end && ring[ring_first % RING].time <= time) {
    Timer *timer = &ring[ring_first++ % RING];
    Request *request = &requests[timer->request];
    if (request->generation != timer->generation) continue;
    request->late = true;
    late += 1;
  }
  return late;
}
