// Mean and quantiles of waits. The cells are those of Histogram in packages/kernel: 128 of equal
// width for each power of two from 2^-10 to 2^34, and one for all that is smaller.
#pragma once
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define MANTISSA_BITS 7
#define LOWEST_EXPONENT -10
#define CELLS (44 << MANTISSA_BITS)
// Exponent and upper mantissa bits of the float 2^LOWEST_EXPONENT.
#define OFFSET ((1023 + LOWEST_EXPONENT) << MANTISSA_BITS)

typedef struct {
  long count;
  double sum;
  uint32_t cells[CELLS + 1];
} Waits;

static inline void waits_record(Waits *waits, double wait) {
  uint64_t bits;
  memcpy(&bits, &wait, sizeof bits);
  int cell = (int)(bits >> (52 - MANTISSA_BITS)) - OFFSET + 1;
  if (cell < 0) cell = 0;
  if (cell > CELLS) cell = CELLS;
  waits->count += 1;
  waits->sum += wait;
  waits->cells[cell] += 1;
}

static double cell_middle(int cell) {
  if (cell == 0) return 0;
  // The first mantissa bit below those of the cell's number is half a cell.
  uint64_t bits = ((uint64_t)(cell - 1 + OFFSET) << (52 - MANTISSA_BITS)) |
                  ((uint64_t)1 << (51 - MANTISSA_BITS));
  double middle;
  memcpy(&middle, &bits, sizeof middle);
  return middle;
}

static double waits_quantile(const Waits *waits, double share) {
  long rank = (long)ceil(share * waits->count), seen = 0;
  for (int cell = 0; cell <= CELLS; cell += 1) {
    seen += waits->cells[cell];
    if (seen >= rank) return cell_middle(cell);
  }
  return cell_middle(CELLS);
}

// The line that every program of W2 prints. `late` is the number of requests that took too long.
static void waits_print(const Waits *waits, long late, double seconds) {
  printf("{\"operations\":%ld,\"seconds\":%.6f,\"statistics\":{\"requests\":%ld,\"mean\":%.17g,"
         "\"p50\":%.17g,\"p95\":%.17g,\"p99\":%.17g,\"late\":%ld}}\n",
         waits->count, seconds, waits->count, waits->sum / waits->count, waits_quantile(waits, 0.5),
         waits_quantile(waits, 0.95), waits_quantile(waits, 0.99), late);
}
