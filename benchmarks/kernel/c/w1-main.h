// The end of every program of W1, which has a `mean_sojourn(customers)`: a tenth of the size to warm
// up, then the measured run.
#pragma once
#include <stdio.h>

#include "measure.h"
#include "random.h"

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
