// W1 by Lindley's recursion (1952): service begins at the arrival or at the end of the service
// before, whichever is later. No events.
#include <stdio.h>
#include <stdlib.h>

#include "measure.h"
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

int main(int count, char **arguments) {
  long customers = (long)argument(count, arguments, 1);
  random_prepare_tables();
  mean_sojourn(customers / 10);
  double start = cpu_seconds();
  double mean = mean_sojourn(customers);
  double seconds = cpu_seconds() - start;
  printf("{\"operations\":%ld,\"seconds\":%.6f,\"statistics\":{\"mean\":%.17g}}\n", customers,
         seconds, mean);
}
