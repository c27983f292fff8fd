// W1 by Lindley's recursion (1952): service begins at the arrival or at the end of the service
// before, whichever is later. No events.
#include "random.h"

#define ARRIVAL_RATE 0.9

static double mean_sojourn(long customers) {
  Stream arrivals = random_stream(1, 2, 3, 4), services = random_stream(5, 6, 7, 8);
  double arrival = 0, free_at = 0, sum = 0;
  for (long served = 0; served < customers; served += 1) {
    arrival += random_exponential(&arrivals) / ARRIVAL_RATE;
    double begin = arrival > free_at ? arrival : free_at;
    free_at = begin + random_exponential(&services);
    sum += free_at - arrival;
  }
  return sum / customers;
}

#include "w1-main.h"
