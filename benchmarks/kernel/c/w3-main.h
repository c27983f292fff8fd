// The end of every program of W3, which has `prepare(pending)`, `insert(event)` and `remove_first()`.
#pragma once
#include <stdint.h>
#include <stdio.h>

#include "measure.h"
#include "random.h"

typedef struct {
  double time;
  uint64_t numbers;
} Result;

static Result hold(Stream *stream, long operations) {
  Result result = {0, 0};
  for (long done = 0; done < operations; done += 1) {
    Event event = remove_first();
    insert((Event){event.time + random_exponential(stream), event.number});
    result.time = event.time;
    result.numbers += event.number;
  }
  return result;
}

int main(int count, char **arguments) {
  long pending = (long)argument(count, arguments, 1);
  long operations = (long)argument(count, arguments, 2);
  random_prepare_tables();
  Stream stream = random_stream(1, 2, 3, 4);
  prepare(pending);
  for (long number = 0; number < pending; number += 1) {
    insert((Event){random_exponential(&stream), (uint64_t)number});
  }
  hold(&stream, 2 * pending + operations / 4);
  double start = cpu_seconds();
  Result result = hold(&stream, operations);
  double seconds = cpu_seconds() - start;
  printf("{\"operations\":%ld,\"seconds\":%.6f,\"statistics\":{\"time\":%.17g,\"numbers\":%llu}}\n",
         operations, seconds, result.time, (unsigned long long)result.numbers);
}
