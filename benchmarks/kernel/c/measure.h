// What every program needs: its arguments, and the CPU time of the process.
#pragma once
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

// The argument at this place as a number. Ends the program when it is missing.
static double argument(int count, char **arguments, int place) {
  if (place < count) return atof(arguments[place]);
  fprintf(stderr, "%s needs %d argument(s); see workloads.js\n", arguments[0], place);
  exit(2);
}

static double cpu_seconds(void) {
  struct timespec time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return time.tv_sec + time.tv_nsec * 1e-9;
}
