// What all programs of W2 share: the traffic, the requests, the dynos. Times are in seconds.
#pragma once
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "random.h"

#define DYNOS 75
#define ARRIVAL_RATE 150.0
#define DEADLINE 30.0
#define REQUESTS_MAX (1 << 20)

// Service demands are lognormal with a median of 46 ms and a mean of 306 ms.
static double demand_mu, demand_sigma;
static Stream arrivals, demands, routing;

static void traffic_prepare(void) {
  demand_mu = log(0.046);
  demand_sigma = sqrt(2 * log(306.0 / 46));
  arrivals = random_stream(1, 2, 3, 4);
  demands = random_stream(5, 6, 7, 8);
  routing = random_stream(9, 10, 11, 12);
}

static inline double next_gap(void) { return random_exponential(&arrivals) / ARRIVAL_RATE; }

static inline double next_demand(void) {
  return exp(demand_mu + demand_sigma * random_normal(&demands));
}

static inline int next_dyno(void) { return random_below(&routing, DYNOS); }

// A request in the system, by its number. `next` is the one behind it in a line or a free one.
typedef struct {
  double arrived_at, demand;
  int next;
  uint32_t generation; // Counts the requests that had this number.
  int timer;
  bool late;
} Request;

typedef struct {
  int current, first, last; // -1: none.
} Dyno;

static Request requests[REQUESTS_MAX];
static int first_free_request;
static Dyno dynos[DYNOS];

static inline void requests_prepare(void) {
  static bool linked;
  for (int dyno = 0; dyno < DYNOS; dyno += 1) dynos[dyno] = (Dyno){-1, -1, -1};
  if (linked) return; // After a run that was drained, all requests are free.
  linked = true;
  for (int request = 0; request < REQUESTS_MAX; request += 1) requests[request].next = request + 1;
  first_free_request = 0;
}

static inline int request_take(double now) {
  int request = first_free_request;
  if (request == REQUESTS_MAX) {
    fprintf(stderr, "more than %d requests are in the system\n", REQUESTS_MAX);
    exit(1);
  }
  first_free_request = requests[request].next;
  requests[request].arrived_at = now;
  requests[request].demand = next_demand();
  requests[request].next = -1;
  requests[request].late = false;
  return request;
}

static inline void request_free(int request) {
  requests[request].generation += 1;
  requests[request].next = first_free_request;
  first_free_request = request;
}

static inline void line_join(Dyno *dyno, int request) {
  if (dyno->last >= 0) requests[dyno->last].next = request;
  else dyno->first = request;
  dyno->last = request;
}

// The first request in the line, or -1.
static inline int line_leave(Dyno *dyno) {
  int request = dyno->first;
  if (request < 0) return -1;
  dyno->first = requests[request].next;
  if (dyno->first < 0) dyno->last = -1;
  return request;
}
